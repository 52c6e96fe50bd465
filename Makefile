# What one does with the project, each a word: make install, site, serve, test, bench, dist,
# release, record, words, vendor, lock, clean.
# Needs Python 3.11 or newer, git and make; another Python is chosen by `make site PYTHON=python3.13`.

PYTHON ?= python3
BIN := .venv/bin
RUNTIME := hooks/gazette/requirements.txt
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps
COMPILE := .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

.PHONY: install site serve test bench dist release record words vendor lock clean

# Make ready what the other words need; the command is then .venv/bin/gazette.
install: .venv/.runtime

# Build the help center into site/.
site: .venv/.runtime
	@$(BIN)/gazette build

# Show it while it is being edited.
serve: .venv/.runtime
	@$(BIN)/gazette serve

# Check everything. `make test ARGS=tests/unit` runs only these tests.
test: .venv/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet --persona=auditor .github
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci .github/examples/gitlab-ci.yml
	$(BIN)/pytest --numprocesses=auto --dist=loadgroup $(ARGS)

# Measure builds against their targets. `make bench ARGS="--size company --repeat 5"` measures less.
bench: .venv/.test
	PYTHONPATH=hooks:tests $(BIN)/python -m bench.builds $(ARGS)

# Make what is installed elsewhere: the source archive, and from it the wheel, into dist/.
dist: .venv/.runtime
	rm -rf dist
	$(BIN)/python -m build --quiet --no-isolation

# Release what is on main: `make release VERSION=0.2.1`. It pushes nothing, and says what to do next.
release: .venv/.test
	@$(BIN)/python .ci/release.py "$(VERSION)"

# Record what this version publishes of the samples, for later ones to be held against.
record: .venv/.test
	GAZETTE_GOLDEN=write $(BIN)/pytest --quiet tests/site/test_releases.py

# Bring the catalogues of all languages up to date with the sentences that the code says.
words: .venv/.test
	@PYTHONPATH=hooks:tests $(BIN)/python -m bench.words

# Put the library that compares words in the browser into the theme, as npm downloads it.
vendor:
	@$(PYTHON) .ci/vendor.py $(ARGS)

# Lock what pyproject.toml asks for. `make lock ARGS=--upgrade` takes the newest of everything.
lock:
	$(PYTHON) -m venv --clear .cache/lock
	.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) $(ARGS) --output-file $(RUNTIME) pyproject.toml
	$(COMPILE) $(ARGS) --group build --constraints $(RUNTIME) --output-file requirements-build.txt
	$(COMPILE) $(ARGS) --group build --group test --constraints $(RUNTIME) \
		--constraints requirements-build.txt --output-file requirements-test.txt pyproject.toml
	$(COMPILE) $(ARGS) --group themes --no-deps --output-file requirements-themes.txt
	rm -rf .cache/lock

# Remove what was built; .venv stays.
clean:
	rm -rf site dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv --clear .venv

.venv/.runtime: $(RUNTIME) requirements-build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what builds the help center into .venv/: about a minute, the first time ..."
	@$(INSTALL) --require-hashes --requirement $(RUNTIME) --requirement requirements-build.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements-test.txt requirements-themes.txt .venv/.runtime
	@echo "Installing what the tests need: about a minute, the first time ..."
	@$(INSTALL) --require-hashes --requirement requirements-test.txt
	@rm -rf .venv/themes
	@$(INSTALL) --require-hashes --requirement requirements-themes.txt --target .venv/themes
	@touch $@
