# make demo   the sample articles indexed and served    make test   the whole suite
# make check  style, types, documentation and floors    make clean  everything made here removed
# make test-next runs the tests of the site on the Datasette to come.
# DEMO_SERVE=0 make demo stops after the indexing; PYTHON=... names another Python from 3.11 on.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo test test-next lint check clean

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python3.14,$(shell \
	$(name) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
DEMO_SERVE ?= 1
DEMO_PORT ?= 8001
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help:
	@sed -n 's/^# //p' Makefile | head -3

# The package alone, for the demo; a change of pyproject.toml installs anew.
.venv/installed: pyproject.toml
	@if [ -z "$(PYTHON)" ]; then
	  echo "No Python from 3.11 on with venv was found: install one, or name it: make PYTHON=/path/to/python3 ..." >&2
	  exit 1
	fi
	[ -x $(BIN)/python ] || "$(PYTHON)" -m venv .venv
	echo "Installing the package into .venv ..." >&2
	$(PIP) install --editable .
	touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing the tools of the tests into .venv ..." >&2
	$(PIP) install --editable '.[dev]'
	touch $@

demo: .venv/installed
	@$(BIN)/quotes index indexer/samples/articles
	$(BIN)/quotes search peace OR war --limit 3
	if [ "$(DEMO_SERVE)" != 0 ]; then
	  $(BIN)/quotes serve --port $(DEMO_PORT)
	fi

# The browser tests drive a Chromium that is there; Debian's is installed where that can be done.
test: .venv/installed-dev
	@if ! command -v chromium chromium-browser google-chrome >/dev/null; then
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then
	    echo "Installing Chromium ..." >&2
	    apt-get -qq update >&2 && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes chromium >&2 \
	      || echo "Chromium could not be installed: the browser tests will say so." >&2
	  fi
	fi
	$(BIN)/python -m pytest $(ARGS)

# Datasette 1.0 is not out; templates and plugin are to work on it. It shadows the other one in a .venv of its own.
NEXT_DATASETTE := 1.0a41
.venv-next/installed: .venv/installed-dev
	@echo "Installing Datasette $(NEXT_DATASETTE) into .venv-next ..." >&2
	$(BIN)/python -m venv --clear .venv-next
	.venv-next/bin/python -m pip --disable-pip-version-check --quiet install datasette==$(NEXT_DATASETTE)
	beside="import sysconfig; print(sysconfig.get_path('purelib'))"
	$(BIN)/python -c "$$beside" > "$$(.venv-next/bin/python -c "$$beside")/beside.pth"
	touch $@

test-next: .venv-next/installed
	@.venv-next/bin/python -m pytest --quiet $(or $(ARGS),tests/publish)

lint: .venv/installed-dev
	@$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: lint
	@$(BIN)/python -m pytest --quiet tests/test_imports.py tests/docs tests/evaluation/test_floors.py

clean:
	rm -rf .venv .venv-next build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis test-artifacts db/quotes.db db/quotes.db-*
