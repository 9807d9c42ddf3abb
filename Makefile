# make edition   publish this repository, which is itself a small edition
# make test      run the tests
# make check     run the linters and the type checker
# make clean     take away what was built

PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

# Without bytecode every process would compile the toolkit anew, which takes it most of a second.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: edition test check clean

edition: $(VENV)/installed
	@$(VENV)/bin/tei build

test: $(VENV)/installed-for-development
	$(VENV)/bin/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/installed-for-development
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

clean:
	rm -rf $(VENV) output/* output/.tei-build.json

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(PIP) install --editable .
	@touch $@

$(VENV)/installed-for-development: $(VENV)/installed
	$(PIP) install --editable '.[dev]'
	@touch $@
