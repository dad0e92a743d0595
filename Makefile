# make play    open the game (the first time, this makes .venv and installs into it)
# make test    style, types, layers and all tests
# make bench   measure start-up, keys, engine, saves and odds, each beside what it is compared with
# make clean   remove .venv and everything that tools leave behind
#
# PYTHON=... chooses the Python (3.11 or newer) that .venv is made with;
# PYTEST=... adds arguments to pytest, such as PYTEST='tests/rules -k ladder'.

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# A .venv whose Python is gone, or that was made in another folder, is made anew.
MADE_IN := $(shell $(BIN)/python -c "print(open('$(VENV)/made-in').read())" 2>/dev/null)

.PHONY: play test lint programs bench clean

play: $(VENV)/installed-play
	@$(BIN)/tabletop $(ARGS)

test: lint programs
	@$(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Pages are tested in a real browser, rooms behind a real proxy; without them those tests say so
# and are passed over.
programs: $(VENV)/installed-test
	@sh tools/programs.sh $(VENV)

bench: $(VENV)/installed-test
	@$(BIN)/python -m benchmarks $(ARGS)

$(VENV)/installed-play: pyproject.toml constraints.txt tools/venv.sh
	@PYTHON="$(PYTHON)" sh tools/venv.sh $(VENV)
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[room]'
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt tools/venv.sh
	@PYTHON="$(PYTHON)" sh tools/venv.sh $(VENV)
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/installed-play

ifneq ($(MADE_IN),$(CURDIR))
$(VENV)/installed-play $(VENV)/installed-test: anew
.PHONY: anew
anew:
endif

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache snapshot_report.html
	find tabletop tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +
