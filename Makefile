# Danbao. `make demo` and `make test` need nothing but Python 3.11+ and make.
.DEFAULT_GOAL := help
.PHONY: help demo test smoke storm check bench setup fix messages races e2e clean

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "danbao: Python 3.11 or newer is needed; name it with PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: .venv/.made requirements.txt
	@echo "Installing what Danbao runs on …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Installing what the tests and checks need …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

demo: .venv/.runtime ## The whole product on this machine; Ctrl-C stops it
	@$(RUN) -m config.messages compile
	@exec $(RUN) -m config.demo

setup: .venv/.dev ## Everything a developer needs
	@$(RUN) -m config.messages compile

test: setup ## All tests (browser tests where Chromium is found)
	@$(RUN) -m pytest -n 2 --dist loadgroup

races: setup ## Only the tests with several database connections
	@$(RUN) -m pytest -m races

e2e: setup ## Only the browser tests
	@$(RUN) -m pytest -m e2e

smoke: .venv/.runtime ## One whole sale over HTTP on a throw-away stack
	@$(RUN) -m config.messages compile
	@$(RUN) -m config.smoke

storm: setup ## A crowd pays while everything fails; then both sides' books agree
	@$(RUN) -m tests.storm

check: setup ## Lint, format, types, contracts, migrations, templates, translations
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@# mypy ends without cleaning up: no embedded server is started for it.
	@DANBAO_DEMO=true DATABASE_URL=postgresql://nobody@localhost/none $(RUN) -m mypy config kernel marketplace orders payments escrow
	@$(RUN) -m mypy --config-file alipay_simulator/mypy.ini alipay_simulator
	@PYTHONPATH=. $(BIN)/lint-imports
	@DANBAO_DEMO=true $(RUN) manage.py makemigrations --check --dry-run
	@git ls-files 'templates/*.html' 'alipay_simulator/*.html' | xargs $(BIN)/djhtml --check --tabwidth 2
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	@$(RUN) -m config.messages check
	@DANBAO_SECRET_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		DANBAO_ORIGIN=https://shop.example DANBAO_HOSTS=shop.example \
		DATABASE_URL=postgresql://nobody@localhost/none \
		$(RUN) manage.py check --deploy --fail-level WARNING
	@echo "All checks passed."

fix: setup ## Format, and fix what can be fixed
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .
	@git ls-files 'templates/*.html' 'alipay_simulator/*.html' | xargs $(BIN)/djhtml --tabwidth 2 || true
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 || true

messages: setup ## Gather texts for translation
	@$(RUN) -m config.messages gather

bench: setup ## Benchmarks, as ratios to a floor of the same run
	@$(RUN) -m tests.bench

clean: ## Forget the demo's data (the next `make demo` starts afresh)
	@rm -rf var
