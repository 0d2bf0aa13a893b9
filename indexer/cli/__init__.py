"""The command `quotes`: one file per noun, heavy imports inside the command bodies, nobody imports it."""

from indexer.cli.group import main

__all__ = ["main"]
