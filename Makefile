# make demo   installs into .venv, imports samples/ into ./index, prints the answers to the three main jobs
# make test   installs into .venv, runs everything that checks the project
# make bench  measures speed beside other engines, into docs/performance.md; takes hours. SIZE=S: minutes, only printed
# make exact  asks 5,000 random questions of every engine and compares with a plain scan
# make bounds asks 2,000 of an archive of 285,000 records; none may take more than a second. FOLDER=… : of your archive;
#             without it one is made first, which takes some minutes
PYTHON ?= python3
BIN := .venv/bin
ARCHIVE := $(BIN)/notion-archive
OF_ENGINES := tests/test_engines.py tests/test_whoosh_engine.py tests/test_bulk.py
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test accuracy bench exact bounds clean

demo: .venv/installed
	$(ARCHIVE) import samples/notion/*.zip
	@printf '\n$$ notion-archive incidents --institution 光大 --limit 3\n'
	@$(ARCHIVE) incidents --institution 光大 --limit 3
	@printf '\n$$ notion-archive trace 新网关二期\n'
	@$(ARCHIVE) trace 新网关二期
	@printf '\n$$ notion-archive search 前置机 连接 --limit 3\n'
	@$(ARCHIVE) search 前置机 连接 --limit 3

test: .venv/installed-dev .venv/fork
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto
	PYTHONPATH=.venv/fork $(BIN)/python -m pytest -n auto $(OF_ENGINES)

accuracy: .venv/installed-dev
	PYTHONPATH=tests $(BIN)/python -m accuracy $(WRITE)

bench: .venv/installed-bench
	$(BIN)/python -m benchmarks $(if $(SIZE),--size $(SIZE),--write) $(if $(FOLDER),--folder $(FOLDER))

exact: .venv/installed-dev
	EXACT_QUERIES=5000 $(BIN)/python -m pytest tests/test_search_exact.py

bounds: .venv/installed-dev
	BOUNDS_ARCHIVE=$(or $(FOLDER),build/bounds) $(BIN)/python -m pytest tests/test_search_bounds.py

.venv/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "notion-archive needs Python 3.11 or newer. Run: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	touch $@

.venv/installed: .venv/python pyproject.toml hatch_build.py
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# The fork of Whoosh, beside the original: the tests of engines run on either.
.venv/fork: .venv/installed
	$(BIN)/python -m pip install --quiet --no-deps --target $@ --group fork
	touch $@

.venv/installed-bench: .venv/installed
	$(BIN)/python -m pip install --quiet --editable . --group bench
	touch $@

clean:
	rm -rf .venv index/pages.sqlite* index/whoosh index/writer.lock
