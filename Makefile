# Every target makes the environment first; nothing else has to be installed than Python and git.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: serve test check schemas second-opinion constraints bench

serve: $(READY)  ## build if needed, then browse, ask and cite on this machine
	$(BIN)/filiera serve

test: $(READY)  ## everything that CI runs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy tests/bibliography/*.py
	$(BIN)/mypy tests/comparisons/*.py
	$(BIN)/mypy tests/sparql/*.py
	$(BIN)/mypy tests/site/*.py
	$(BIN)/mypy tests/styles/*.py
	$(BIN)/python -m cogapp --check docs/commands.md
	$(BIN)/python -m pytest -rs  # says which tests could not be run, and why

check: $(READY)  ## check the records
	$(BIN)/filiera check

schemas: $(READY)  ## write schemas/generated/ and docs/commands.md again
	$(BIN)/python schemas/generate.py
	$(BIN)/python -m cogapp -r docs/commands.md

bench: $(READY)  ## measure whole processes and pages on the real records
	$(BIN)/python benchmarks/commands.py
	$(BIN)/python benchmarks/site.py

second-opinion: $(READY)  ## ask citeproc-js again how the works of tests/styles/library are cited
	npm ci --prefix tests/styles/citeproc-js
	$(BIN)/python tests/styles/second_opinion.py

constraints:  ## choose the newest versions that pyproject.toml allows, with their hashes
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
	  --group dev pyproject.toml --output-file constraints.txt

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Filiera needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)
