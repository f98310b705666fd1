# The two commands of the README are `make run` and `make test`.
.PHONY: help run test test-fast lint lock clean
.DEFAULT_GOAL := help

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is needed, start the platform with its demo, print where it is
	@tools/bootstrap run
	@exec .venv/bin/zhouqiao run --demo

test: ## install what is needed, run every check and every test
	@tools/bootstrap test
	@.venv/bin/python -m pytest -n 2 --dist worksteal $(PYTEST)

test-fast: ## what takes under a minute: no browser, no web application, no engines of its own
	@tools/bootstrap test
	@.venv/bin/python -m pytest -n 2 --dist worksteal -m "not (slow or browser or engine or portal)" $(PYTEST)

lint: ## ruff, mypy and the import contracts alone
	@tools/bootstrap test
	@.venv/bin/python -m pytest -q tests/architecture

lock: ## resolve pyproject.toml anew (UPGRADE=--upgrade moves what is locked)
	@tools/bootstrap test
	@.venv/bin/python tools/lock.py $(UPGRADE)

clean: ## remove what can be made again; rows in var/ stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
