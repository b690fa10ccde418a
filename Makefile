# What can be done with Contempo. `make help` lists it.

PYTHON ?= python3
VENV := .venv/bin/python
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench check-fresh pictures messages lock
unexport PYTHONPATH PYTHONHOME

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## Start everything with the demo network (PORT, CONTEMPO_HOME and DATABASE_URL are honoured)
	@$(PYTHON) requirements/install.py run
	@$(VENV) -m contempo.config.frontend
	@CONTEMPO_DEMO=1 exec $(VENV) -m contempo run

test: ## Install what the tests need and run them all
	@$(PYTHON) requirements/install.py dev
	@$(VENV) -m contempo.config.frontend
	@$(VENV) -m tests.browser
	@exec $(VENV) -m pytest -n 2 --dist worksteal

lint: ## Check style, types and the borders between contexts
	@$(PYTHON) requirements/install.py dev
	$(VENV) -m ruff check
	$(VENV) -m ruff format --check
	$(VENV) -m mypy
	$(VENV) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

format: ## Put the sources in the one style
	@$(PYTHON) requirements/install.py dev
	$(VENV) -m ruff check --fix
	$(VENV) -m ruff format

bench: ## Measure the speed of the pages, beside a floor, with few and with many rows
	@$(PYTHON) requirements/install.py dev
	@$(VENV) -m bench compare network
	@exec $(VENV) -m bench compare helpdesk

check-fresh: ## First run from a clone in a temporary folder, then a second one
	@exec $(PYTHON) tests/check_fresh.py

pictures: ## Photograph every page the journeys reach
	@$(PYTHON) requirements/install.py dev
	@$(VENV) -m contempo.config.frontend
	@exec $(VENV) -m tests.pictures

messages: ## Update the translation catalogues from the sources
	@$(PYTHON) requirements/install.py dev
	@exec $(VENV) -m contempo messages

LOCK := $(VENV) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet
lock: ## Bring the lock files up to date with pyproject.toml, changing no version that still fits
	@$(PYTHON) requirements/install.py dev
	$(LOCK) --output-file requirements/run.lock
	$(LOCK) --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
