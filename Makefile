# Two commands matter: `make run` starts Pinch, `make test` passes all tests. Each sets up what it needs.
# VENV holds everything; nothing is installed outside it but Debian packages, and those only as root.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PORT ?= $(or $(PINCH_PORT),8765)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run demo extension setup setup-test model test test-unit test-server test-browser lint format bench soak docs founding designs model-card screenshots lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

run: $(VENV)/.run model ## Start the server on this machine and print the address to open
	$(BIN)/pinch serve

demo: $(VENV)/.run model ## The same with an invented forum of 450 posts, to try a moderator's day on
	$(BIN)/pinch demo

setup: $(VENV)/.dev model ## Make .venv with everything in it, and train the model

setup-test: setup node_modules/.done ## Bring what the tests need, browsers included
	./.ci/programs

model: ## Train the model, when labels or versions changed
	@test -e $(VENV)/.run -o -e $(VENV)/.dev || $(MAKE) $(VENV)/.run
	$(BIN)/pinch train --if-changed

$(VENV)/bin/python:
	@./.ci/python $(PYTHON) $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

# Where there is no package of it, tests.soak says so and the rest goes on.
$(VENV)/.soak: requirements/soak.txt $(VENV)/.dev
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/soak.txt && touch $@ || true

extension: ## Build the extension into dist/ for both browsers
	$(PYTHON) extension/build.py

node_modules/.done: package.json package-lock.json $(VENV)/.dev
	npm ci --silent
	@touch $@

test: setup-test lint ## Pass all tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile
	node --test tests/extension/*.test.js

test-unit: setup ## Only the classifier's tests
	$(BIN)/python -m pytest -q tests/classifier

test-server: setup ## Only the server's tests
	$(BIN)/python -m pytest -q tests/server tests/contract

test-browser: setup-test ## Only the browsers' tests
	$(BIN)/python -m pytest -q tests/browser

lint: $(VENV)/.dev node_modules/.done ## ruff, mypy, import-linter, Biome, tsc
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run --silent lint
	npm run --silent types

format: $(VENV)/.dev node_modules/.done ## Let ruff and Biome set the form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	npm run --silent format

bench: setup-test ## Speed, as ratios against references in the same run, and how good the matching and reading are
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.quotes
	$(BIN)/python -m tests.bench.cards
	$(BIN)/python -m tests.bench.factchecks
	$(BIN)/python -m tests.bench.priority tests/data/threads
	$(BIN)/python -m tests.bench.main_text
	$(BIN)/python -m tests.bench.html
	$(BIN)/python -m tests.bench.linear --megabytes 1
	$(BIN)/python -m tests.bench.disguise
	$(BIN)/python -m tests.bench.extension

founding: setup ## The founding texts as trained on, and each held out of training
	$(BIN)/python -m tests.bench.founding

designs: setup ## Compare designs of the model; writes docs/model-choice.md (about ten minutes)
	$(BIN)/python -m tests.bench.designs

soak: setup $(VENV)/.soak ## Long runs: fuzzing for SOAK_MINUTES (10) each by hypothesis and atheris, pages of up to eight megabytes, and moderators and posts under load, kills and races
	$(BIN)/python -m pytest -q -m soak
	$(BIN)/python -m tests.soak
	$(BIN)/python -m tests.bench.linear
	$(BIN)/python -m tests.soak.moderation
	$(BIN)/python -m tests.soak.forums

docs: setup ## Write the generated pages of docs/ anew
	$(BIN)/python -m tests.docs

model-card: setup ## Measure by topic and write docs/model anew (about five minutes)
	$(BIN)/pinch evaluate --cross-validate topic --report docs/model

screenshots: setup-test ## Take the pictures in docs/images anew
	$(BIN)/python -m tests.browser.pictures
	$(BIN)/python -m tests.browser.moderation_pictures

lock: $(VENV)/.dev ## Resolve the locked versions anew (wants uv)
	uv pip compile -q pyproject.toml requirements/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements/run.txt
	uv pip compile -q pyproject.toml requirements/build.in --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements/dev.txt

clean: ## Remove what was built
	rm -rf $(VENV) node_modules dist classifier/bundle
