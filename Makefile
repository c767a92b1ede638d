# What a person does with this repository, each in one word. `make` alone lists the targets.
# The environment in .venv is made when needed and kept until pyproject.toml changes.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint types units bench bench-peers clean

VENV := .venv
BIN := $(VENV)/bin
DEMO := out/demo
# More than the two processors this is made for: tests often wait for processes, browsers and limits of time.
WORKERS ?= 3
# Tests start hundreds of processes: each would compile the program anew where the machine forbids to keep bytecode.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/bytecode
# What is installed for the tests. .ci/run adds extras; without them their tests are skipped, and say why.
TEST_EXTRAS ?= test
# A variable, for a comma would end the argument of a call.
WITH_PEERS := .[test,bench]
WITH_TESTS := .[$(TEST_EXTRAS)]

# PYTHON=… names an interpreter; without it the first one that is new enough and can make environments.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

help:
	@echo 'make demo   grade the example submissions and transcripts into $(DEMO)/'
	@echo 'make test   lint, check types, run the tests'
	@echo 'make lint   ruff: rules and layout'
	@echo 'make types  mypy --strict'
	@echo 'make bench  the benchmarks, as Markdown tables'
	@echo 'make bench-peers  the same answers judged by grade, math-verify and plain SymPy (docs/benchmarks.md)'
	@echo 'make clean  remove .venv, out/ and caches'

# $(1): what to install. An environment left half made by an interrupted run is made again.
define environment
	@test -n '$(PYTHON)' || { echo 'No Python 3.11 or newer with venv was found: install python3 and python3-venv, or name one: make PYTHON=/path/to/python3' >&2; exit 2; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); echo 'Making $(VENV) with $(PYTHON)'; $(PYTHON) -m venv $(VENV); }
	@echo 'Installing $(1) into $(VENV)'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '$(1)'
	@touch $@
endef

$(VENV)/.installed: pyproject.toml
	$(call environment,.)

$(VENV)/.installed-for-tests: pyproject.toml
	$(call environment,$(WITH_TESTS))

$(VENV)/.installed-for-peers: pyproject.toml
	$(call environment,$(WITH_PEERS))

demo: $(VENV)/.installed
	@rm -rf $(DEMO)
	@mkdir -p $(DEMO)
	$(BIN)/grade submissions examples/submissions --out $(DEMO)/submissions
	$(BIN)/grade transcripts transcripts --out $(DEMO)/transcripts
	@echo
	@echo 'Reports, to open in a browser:'
	@find $(DEMO) -maxdepth 2 -name '*.html' | sort | sed 's/^/  /'
	@echo '  $(DEMO)/submissions/students/*.html, a page for each student'
	@echo 'The grade book and the results, as CSV and JSON lines, lie beside them.'

lint: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-for-tests
	$(BIN)/mypy

# Types are checked beside the tests: that takes one process, and the tests often wait for others.
test: lint
	@$(MAKE) --no-print-directory --jobs 2 types units

units: $(VENV)/.installed-for-tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: $(VENV)/.installed-for-tests
	@for name in startup reading intake example_course class_of_300 many_models stages large_runs kept_runs coverage; do $(BIN)/python -m benchmarks.$$name; echo; done

bench-peers: $(VENV)/.installed-for-peers
	@$(BIN)/python -m benchmarks.peers

clean:
	rm -rf $(VENV) out build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
