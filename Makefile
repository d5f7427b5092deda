# Two commands to know: `make run` and `make test`. `make help` (the default) lists all.
SHELL := /bin/bash
.DEFAULT_GOAL := help

CONFIG ?=
CORES ?= 2
TARGET ?= all
REPORT := results/report.html
KILLS ?= 50
FUZZ ?= 10000
DATASET ?= demo
TO ?= onnx openvino litert keras

VENV := .venv
PEERS := .venv-peers
AUDIT := .venv-audit
APP := .venv-app
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SNAKEMAKE := $(BIN)/snakemake --quiet host reason --cores $(CORES)
WITH_CONFIG := $(if $(CONFIG),--configfile $(CONFIG))

# The first Python on the PATH that the locks allow, as the shell variable `python`.
FIND_PYTHON = python=$$(for name in python3 python3.13 python3.12 python3.11; do \
		$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$name && break; done); \
	[ -n "$$python" ] || { echo "error: needs Python 3.11, 3.12 or 3.13 on the PATH" >&2; exit 1; }

# Setting up empties the folder first: behind a link that would be somebody else's.
NO_LINK = [ ! -L $(1) ] || { \
	echo "error: $(1) is a link to $$(readlink $(1)), and setting up would empty that; remove the link" >&2; exit 1; }

export PYTHONHASHSEED := 0

.PHONY: help config-there run report app export test test-app test-browser test-demo test-faults test-slurm lint lock audit bench peers rulegraph pictures clean

help: ## List the commands and the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'
	@echo "  Settings: CONFIG=config/real.yaml CORES=2 TARGET=images"
	@echo "Targets of snakemake (and of TARGET=):"
	@awk '/^rule /{name=$$2; sub(":","",name)} /^    """/{text=$$0; gsub(/"""|^ +/,"",text); printf "  %-20s %s\n", name, text}' Snakefile

config-there:
	@[ -z "$(CONFIG)" ] || [ -f "$(CONFIG)" ] || { echo "error: $(CONFIG): no such file; give CONFIG= a YAML file" >&2; exit 1; }

run: config-there $(INSTALLED) ## Run everything that is not up to date, then the report
	@trap 'echo "Stopped; make run goes on from here" >&2; exit 130' INT; \
	$(SNAKEMAKE) $(TARGET) $(WITH_CONFIG)
	@if [ ! -f $(REPORT) ] || [ -n "$$(find results -type f -newer $(REPORT) -not -path '*/logs/*' -print -quit)" ]; then $(MAKE) --no-print-directory report; fi
	@echo "The report is $(REPORT)"

report: config-there $(INSTALLED) ## Make results/report.html from the results that exist
	@$(SNAKEMAKE) $(TARGET) $(WITH_CONFIG) --report $(REPORT).partial.html
	@mv $(REPORT).partial.html $(REPORT)

app: $(APP)/.installed ## Open a page to play with the models that are made, on this machine alone
	@$(APP)/bin/python -m practical_dl.cli app

export: $(APP)/.installed ## Write the classifier of DATASET for the runtimes TO, with proof and a card
	@$(APP)/bin/python -m practical_dl.cli export $(DATASET) --to $(TO)

test: $(INSTALLED) ## Run the tests
	@$(BIN)/python -m pytest -n $(CORES) --dist loadfile

test-app: $(APP)/.installed ## Test the page and every format of exports, in an environment of their own
	@$(APP)/bin/python -m pytest -q tests/app tests/unit/exports

test-browser: $(INSTALLED) ## Open a tiny report in headless Chromium, where there is one
	@$(BIN)/python -m pytest tests/browser

test-demo: $(INSTALLED) ## Run the whole demo at 1 and 2 threads: what the lesson teaches shows in it
	@PRACTICAL_DL_DEMO_THREADS="1 2" $(BIN)/python -m pytest tests/workflow/test_planted_effects.py

test-faults: $(INSTALLED) ## Break it: KILLS kills, FUZZ examples a parser, failing resources, bad input
	@PRACTICAL_DL_KILLS=$(KILLS) PRACTICAL_DL_FUZZ=$(FUZZ) $(BIN)/python -m pytest tests/faults -n $(CORES) --dist loadfile

test-slurm: $(INSTALLED) ## Install Slurm (as root, on Debian), run a small config through it
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement envs/slurm.lock
	@PRACTICAL_DL_SLURM=1 $(BIN)/python -m pytest -q tests/slurm

lint: $(INSTALLED) ## Check style, types and rules
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/snakefmt --check Snakefile rules
	@$(BIN)/mypy
	@$(BIN)/deptry workflow
	@$(BIN)/snakemake --lint

bench: $(INSTALLED) ## Measure speed and memory
	@$(BIN)/python -m tests.bench.store
	@$(BIN)/python -m tests.bench.ratings
	@$(BIN)/python -m tests.bench.ranking

peers: $(PEERS)/.installed ## Install Surprise, LensKit and myFM beside it, to compare with

lock: ## Resolve the locks anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --extra int8 --extra parquet --extra storage pyproject.toml -o requirements.lock
	cp requirements.lock envs/app.lock && uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --extra int8 --extra parquet --extra storage --extra app --extra export pyproject.toml -o envs/app.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 envs/peers.in -o envs/peers.lock

rulegraph: $(INSTALLED) ## Draw docs/rulegraph.svg anew, after rules have changed
	@$(BIN)/python -m practical_dl.settings.rule_graph

pictures: $(INSTALLED) ## Take the report's pictures of the documents anew, after make run
	@$(BIN)/python -m tests.browser.screenshots

audit: ## Look for known vulnerabilities of the locked packages (needs the network)
	@$(FIND_PYTHON); $(call NO_LINK,$(AUDIT)); \
	[ -x $(AUDIT)/bin/pip-audit ] || { $$python -m venv --clear $(AUDIT) && $(AUDIT)/bin/pip install --quiet pip-audit; }; \
	$(AUDIT)/bin/pip-audit --require-hashes --disable-pip --requirement requirements.lock

clean: ## Remove the results; downloads and unpacked sources in data/ stay
	find results -mindepth 1 -not -name README.md -delete

# A folder that was moved or copied with its environment gets a new one: paths in it lead to the old.
ifneq ($(shell cat $(INSTALLED) 2>/dev/null),$(CURDIR))
.PHONY: $(INSTALLED)
endif

$(INSTALLED): requirements.lock
	@$(FIND_PYTHON); $(call NO_LINK,$(VENV)); \
	echo "Setting up $(VENV) with $$($$python --version), about two minutes"; \
	$$python -m venv --clear $(VENV) && \
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock && \
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . && \
	printf '%s' "$(CURDIR)" > $@

# On top of .venv: what the lock has beside that, and an older Pillow, which Gradio needs.
$(APP)/.installed: envs/app.lock $(INSTALLED)
	@$(call NO_LINK,$(APP)); \
	echo "Setting up $(APP), on top of $(VENV)"; \
	$(BIN)/python -m venv --clear $(APP) && \
	$(BIN)/python -c 'import site; print("import site; site.addsitedir(%r)" % site.getsitepackages()[0])' \
		> $$($(APP)/bin/python -c 'import site; print(site.getsitepackages()[0])')/on_top.pth && \
	$(APP)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement envs/app.lock && \
	touch $@

$(PEERS)/.installed: envs/peers.lock
	@$(FIND_PYTHON); $(call NO_LINK,$(PEERS)); \
	echo "Setting up $(PEERS) with $$($$python --version): LensKit needs PyTorch, several GB"; \
	$$python -m venv --clear $(PEERS) && \
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement envs/peers.lock && \
	touch $@
