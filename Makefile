# `make` alone prints this file's targets. Windows: see README.md for the same steps without make.

VENV := .venv
PY := $(VENV)/bin/python
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3)

# The name of the stamp says what was installed and where: a changed lock or a moved tree installs again,
# and so does an environment whose Python is gone.
STAMP := $(VENV)/.installed-$(shell { cat constraints.txt pyproject.toml; pwd; } | cksum | cut -d ' ' -f 1)
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
ifneq ($(shell $(PY) -c '$(RECENT)' 2>/dev/null && echo works),works)
.PHONY: $(STAMP)
endif

.DEFAULT_GOAL := help
.PHONY: help demo dashboard test check lint format baseline calibrate shipped notebook docs bench lock install clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(STAMP) ## Compare the shipped policies on the shipped city; figures in results/demo
	$(PY) run_sim.py --out results/demo --overwrite
	@echo "Figures: results/demo/figures. Everything else this run wrote: results/demo."

dashboard: $(STAMP) ## Open the app in a browser
	$(PY) run_sim.py dashboard

test: $(STAMP) ## Run every test that CI runs
	$(PY) -m pytest -n auto $(ARGS)

check: lint ## Style, import contracts and the quick tests, in under a minute
	$(PY) -m pytest -n auto -m "not slow" $(ARGS)

lint: $(STAMP) ## Style and import contracts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports --no-logo

format: $(STAMP) ## Mend style where a tool can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

baseline: $(STAMP) ## Rewrite the expected numbers (then write "Results change" in CHANGELOG.md)
	$(PY) tests/test_baseline.py --write

shipped: $(STAMP) ## Simulate anew the results that the app opens with
	$(PY) -m dashboard.ship

notebook: $(STAMP) ## Execute the notebook of the docs anew (minutes)
	$(PY) docs/notebooks/make.py

calibrate: $(STAMP) ## Fit the shipped city anew: posterior, proof, checks, register, pages (under an hour on 2 cores)
	$(PY) run_sim.py calibrate $(ARGS)

docs: $(STAMP) ## Rewrite the generated tables in docs/ from the declarations
	$(PY) tests/test_docs.py --write

bench: $(STAMP) ## Measure speed, memory and pairing; table in results/bench
	$(PY) benchmarks/run.py

install: $(STAMP) ## Make .venv with the locked packages and nothing more

lock: ## Recompute constraints.txt from pyproject.toml (newest versions: make lock UPGRADE=--upgrade)
	$(PY) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	    --fork-strategy fewest --generate-hashes --no-config --custom-compile-command "make lock" \
	    $(UPGRADE) --output-file constraints.txt > /dev/null

clean: ## Remove .venv and every cache; results/ stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP):
	@if $(PY) -c '$(RECENT)' 2>/dev/null; then exit 0; fi; \
	lacks=; \
	for python in $(CANDIDATES); do \
	    $$python -c '$(RECENT)' > /dev/null 2>&1 || continue; \
	    $$python -c 'import venv, ensurepip' 2> /dev/null || { lacks=$$python; continue; }; \
	    echo "Making $(VENV) with $$($$python --version) ($$python)"; \
	    exec $$python -m venv --clear $(VENV); \
	done; \
	if [ -n "$$lacks" ]; then \
	    echo "make: $$lacks cannot make virtual environments; on Debian and Ubuntu: apt-get install $$(basename $$lacks)-venv" >&2; \
	else \
	    echo "make: needs Python 3.11 or newer with venv; tried: $(CANDIDATES). Yours: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; \
	fi; \
	exit 1
	@echo "Installing the locked packages (a few minutes the first time)"
	$(PY) -m pip install --disable-pip-version-check --no-input --require-hashes -r constraints.txt
	$(PY) -m pip install --disable-pip-version-check --no-input --quiet --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.installed-*
	@touch $@
