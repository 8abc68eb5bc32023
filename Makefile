# Two commands matter: `make brief` (the five briefs of seeds/ into output/) and `make test`.
# Both set everything up by themselves: virtual environment, pinned dependencies, system libraries.

PYTHON ?= python3
VENV   ?= .venv
SHARED ?= ../shared
VALIDATE_HOME ?= .validate
BIN     = $(VENV)/bin
STAMP   = $(VENV)/.installed
DEV     = $(VENV)/.installed-dev

.PHONY: help brief test setup setup-dev system lint types contracts check check-word validate validate-mail floors score bench bench-rivals wheel lock clean

help:
	@echo "make brief      the briefs of seeds/ into output/ (sets everything up)"
	@echo "make test       the tests (sets everything up)"
	@echo "make check      lint, types, import contracts, quality floors"
	@echo "make check-word the Word briefs through LibreOffice, which must be installed"
	@echo "make validate   every style and kind of PDF before veraPDF and others (installs them; QUICK=1: the default kind)"
	@echo "make validate-mail  inserts, feeds and pages against validators (VALIDATORS and NODE_TOOLS say where they are)"
	@echo "make score      extraction against annotated articles, as a table"
	@echo "make bench      timings (slow)"
	@echo "make bench-rivals beside WeasyPrint's command, Chromium, pandoc, typst: those that are there (slow)"
	@echo "make wheel      a wheel in dist/"

brief: setup
	$(BIN)/nhiemky build

test: setup-dev
	$(BIN)/python -m pytest -n auto

setup: system $(STAMP)
setup-dev: system $(DEV)

# Pango and its friends are system libraries; WeasyPrint cannot bring them along.
system:
	@$(PYTHON) -c 'import sys; sys.exit("nhiemky needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; name another one: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@sh toolkit/data/system-libraries.sh "$(PYTHON)"

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) || { echo "no virtual environment could be made; on Debian or Ubuntu run: sudo apt-get install python3-venv"; exit 1; }

$(STAMP): requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): requirements-dev.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

contracts: setup-dev
	$(BIN)/lint-imports

floors: setup-dev
	$(BIN)/python tests/eval/gate.py --shared "$(SHARED)"

check: lint types contracts floors

check-word: setup-dev
	$(BIN)/python tests/render/check_word.py

# Independent validators, in a folder of their own; ends with 2 when one is missing.  PROVE=1 breaks good files and looks who sees it.
validate: setup-dev
	$(BIN)/python tests/validate/documents.py --shared "$(SHARED)" --home "$(VALIDATE_HOME)" $(if $(QUICK),--quick) $(if $(PROVE),--prove)
validate-mail: setup-dev
	VALIDATORS="$${VALIDATORS:-$(SHARED)/tools}" $(BIN)/python tests/validate/validate_mail.py

score: setup-dev
	$(BIN)/python tests/eval/gate.py --shared "$(SHARED)" --table

bench: setup-dev
	$(BIN)/python -m pytest tests/bench -m bench -s

# Chromium warm needs playwright-core in NODE_TOOLS, typst `pip install typst`; what is missing is said in the table.
bench-rivals: setup-dev
	$(BIN)/python -m tests.bench.rivals --count $(or $(BRIEFS),60) --rounds $(or $(ROUNDS),3)

wheel: setup-dev
	$(BIN)/python -m build --wheel

# Pinned versions of everything, without addresses; run after a change of the dependencies in pyproject.toml.
lock: setup-dev
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
