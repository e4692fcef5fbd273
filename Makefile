# Everything Paraph needs is put into .venv and frontend/node_modules; nothing outside is touched.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.SILENT:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PORT ?= 8000
PARAPH_DATA ?= $(CURDIR)/var
DEMO ?= 1
export PORT PARAPH_DATA DEMO
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

LOCKS := requirements/base.txt requirements/dev.txt
CATALOGUES := $(shell find paraph -name '*.po' 2>/dev/null)
# The icons that the pages name are part of what is built, so pages count as its sources.
FRONTEND := $(shell find frontend paraph -type f -not -path '*/node_modules/*' -not -path '*/dist/*' \
	\( -path 'frontend/*' -o -name '*.html' \) 2>/dev/null)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help install run test check conformance bench bench-large lock messages lifecycle screenshots clean

help: ## Show what can be made
	grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(VENV)/.installed frontend/dist/.built $(VENV)/.translated ## Install everything, once

$(VENV)/.created: tools/make_venv.py
	$(PYTHON) tools/make_venv.py $(VENV)
	touch $@

$(VENV)/.installed: $(VENV)/.created $(LOCKS) pyproject.toml
	echo "Installing the Python packages (once; one to five minutes) …"
	$(BIN)/python -m pip install --quiet --require-hashes $(addprefix -r ,$(LOCKS))
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	touch $@

# Node is needed to build the pages' scripts; a machine that has none gets it from a locked wheel.
$(VENV)/.node: $(VENV)/.created requirements/node.txt tools/have_node.sh
	if ! bash tools/have_node.sh; then
		echo "No Node.js 18 or newer with npm on this machine: installing it into $(VENV) …"
		$(BIN)/python -m pip install --quiet --require-hashes -r requirements/node.txt
	fi
	touch $@

frontend/node_modules/.installed: $(VENV)/.node frontend/package.json frontend/package-lock.json
	echo "Installing the packages of the pages (once; about a minute) …"
	cd frontend && npm ci --no-audit --no-fund --loglevel=error >/dev/null
	touch node_modules/.installed

frontend/dist/.built: frontend/node_modules/.installed $(FRONTEND)
	echo "Building the pages' scripts and styles …"
	cd frontend && npm run --silent build
	touch dist/.built

$(VENV)/.translated: $(VENV)/.installed $(CATALOGUES) tools/compile_messages.py
	$(BIN)/python -m tools.compile_messages
	touch $@

run: install ## Serve Paraph with the demo company (DEMO=0: empty, for real use)
	case "$(DEMO)" in
		0|no|false) exec $(BIN)/paraph serve --migrate ;;
		*) exec $(BIN)/paraph serve --migrate --demo ;;
	esac

test: install ## Run every test, quick ones first (ARGS="-k board" picks)
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadscope \
		--no-loadscope-reorder $(ARGS)

check: install ## Style, types, layers, migrations, templates, sizes
	$(BIN)/python -m tools.check

conformance: install ## Have other validators judge every kind of file (needs Java 17 and Maven)
	$(BIN)/python -m conformance

bench: install ## Measure what a laptop can (ONLY="V1 V4" picks)
	$(BIN)/python -m bench

bench-large: install ## Measure the large sizes
	$(BIN)/python -m bench --large

lock: $(VENV)/.installed ## Lock the dependencies anew, without addresses
	$(LOCK) requirements/base.in -o requirements/base.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/node.in -o requirements/node.txt
	$(LOCK) bench/endesive/requirements.in -o bench/endesive/requirements.txt
	$(subst 3.11,3.12,$(LOCK)) --no-deps requirements/tlog.in -o requirements/tlog.txt
	cd frontend && npm install --package-lock-only --no-audit --no-fund
	cd .. && $(BIN)/python -m tools.check_locks

messages: $(VENV)/.installed ## Collect the texts to translate into the catalogues
	$(BIN)/python -m tools.extract_messages
	$(BIN)/python -m tools.compile_messages

lifecycle: install ## Write docs/lifecycle.md from the tables in the code
	$(BIN)/python -m tools.write_lifecycle

screenshots: install ## Take the README's pictures from a running demo company
	$(BIN)/python -m tools.take_screenshots

clean: ## Remove what was built (keeps PARAPH_DATA)
	rm -rf $(VENV) frontend/node_modules frontend/dist
