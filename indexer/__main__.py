"""`python -m indexer` is the command `quotes`."""

from indexer.cli import main

if __name__ == "__main__":
    main()
