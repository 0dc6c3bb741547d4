PYTHON ?= python3
OUT ?= practice
TESTS ?= -n auto
ifeq ($(OS),Windows_NT)
INSIDE := .venv/Scripts/
else
INSIDE := .venv/bin/
endif
.DEFAULT_GOAL := run
.PHONY: run demo test soak lint check bench format lock

run: .venv/ready-run ## open the window; the first time this sets everything up
	@$(INSIDE)python main.py

demo: .venv/ready-run ## the whole main job without a screen, results in OUT
	@$(INSIDE)python main.py demo $(OUT)

test: .venv/ready-dev
	@$(INSIDE)python -m pytest $(TESTS)

SOAK ?= 1
soak: .venv/ready-dev ## the acceptance table as often as a release asks; writes docs/reliability.md, takes about an hour
	@$(INSIDE)python -m pytest $(TESTS) tests/reliability tests/models/test_migrate.py tests/fields/test_formula_text.py \
		tests/reports/test_cells.py tests/services/test_undo_machine.py --soak $(SOAK) --figures docs/reliability.md

lint: .venv/ready-dev
	@$(INSIDE)ruff format --check .
	@$(INSIDE)ruff check .
	@$(INSIDE)mypy
	@$(INSIDE)lint-imports

check: lint test

bench: .venv/ready-dev
	@$(INSIDE)python -m benchmarks

format: .venv/ready-dev
	@$(INSIDE)ruff format .
	@$(INSIDE)ruff check --fix .

LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock: ## take newer versions within pyproject's ranges; needs uv, see docs/decisions/0003
	$(LOCK) --upgrade pyproject.toml -o requirements.txt
	$(LOCK) --upgrade --group dev -c requirements.txt -o requirements-dev.txt

.venv/ready-%: packaging/set_up.py requirements.txt requirements-dev.txt
	@$(PYTHON) packaging/set_up.py $*
