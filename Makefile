# `make run` and `make test` need Python 3.11+, make and a package index, nothing
# else. Every path is relative and quoted: the folder may have spaces in its name.

SHELL := /bin/sh
ifndef PYTHON
PYTHON := $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)
endif
PY := .venv/bin/python
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# Creates .venv when it is absent or its Python is gone, and installs the lock
# unless a copy of that very lock says it is installed.
define install
	@set -eu; lock='$(1)'; stamp=".venv/installed-$$lock"; \
	if ! '$(PY)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		if [ -z '$(PYTHON)' ]; then \
			echo 'Python 3.11 or newer is needed; set PYTHON=/path/to/python3.' >&2; exit 1; fi; \
		rm -rf .venv; \
		echo 'Creating .venv'; \
		if ! '$(PYTHON)' -m venv .venv >.venv.log 2>&1; then \
			rm -rf .venv; \
			if command -v uv >/dev/null 2>&1; then uv venv --quiet --python '$(PYTHON)' .venv; \
			else cat .venv.log >&2; rm -f .venv.log; \
				echo 'python3 -m venv failed. Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; fi; \
		fi; rm -f .venv.log; \
	fi; \
	if ! cmp -s "$$lock" "$$stamp"; then \
		echo "Installing $$lock"; \
		if command -v uv >/dev/null 2>&1; then \
			uv pip install --quiet --python '$(PY)' --require-hashes -r "$$lock"; \
		else \
			'$(PY)' -m pip --version >/dev/null 2>&1 || '$(PY)' -m ensurepip --upgrade >/dev/null; \
			'$(PY)' -m pip install --quiet --require-hashes -r "$$lock"; \
		fi; \
		cp "$$lock" "$$stamp"; \
	fi
endef

.PHONY: help
help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

.PHONY: environment
environment:
	$(call install,requirements.lock)

.PHONY: environment-dev
environment-dev:
	$(call install,requirements-dev.lock)

.PHONY: run
run: environment ## start everything; Ctrl-C stops it (PORT, BIND, RISKBASE_DATA)
	@exec '$(PY)' -m riskbase.run $(ARGS)

.PHONY: demo
demo: environment ## the same with an example portfolio
	@exec '$(PY)' -m riskbase.run --demo $(ARGS)

.PHONY: demo-remove
demo-remove: environment ## remove the example portfolio
	@exec '$(PY)' -m riskbase.run --command manage.py demo remove

.PHONY: test
test: environment-dev ## run every test on servers of its own
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
		|| command -v google-chrome >/dev/null 2>&1 \
		|| echo 'No Chromium here: tests in a browser will be skipped (Debian: apt-get install chromium).'
	@exec '$(PY)' -m riskbase.testing pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: lint
lint: environment-dev ## check style, types, import directions, templates and migrations
	'$(PY)' -m ruff check .
	'$(PY)' -m ruff format --check .
	'$(PY)' -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	'$(PY)' -m mypy accounts failures portfolio projects riskbase
	'$(PY)' -m djlint templates --lint --quiet
	'$(PY)' -m riskbase.testing manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=riskbase.settings.production ALLOWED_HOSTS=example.org \
		SECRET_KEY=$$(od -An -N40 -tx1 /dev/urandom | tr -d ' \n') '$(PY)' manage.py check --deploy --fail-level WARNING

.PHONY: fmt
fmt: environment-dev ## format and repair what can be repaired
	'$(PY)' -m ruff check --fix .
	'$(PY)' -m ruff format .

UV_COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --custom-compile-command 'make lock'

.PHONY: messages
messages: environment-dev ## collect strings for translation (needs gettext)
	'$(PY)' manage.py makemessages -l ru -l zh_Hans --no-obsolete --no-wrap --add-location file -i .venv -i tests -i var -i docs -i benchmarks

.PHONY: compile
compile: environment-dev ## compile translations (needs gettext)
	'$(PY)' manage.py compilemessages -i .venv

.PHONY: lock
lock: ## pin every dependency by hash (needs uv; UPGRADE=1 takes newer versions)
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) --extra embedded --extra pdf -o requirements.lock pyproject.toml
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) --extra embedded --extra pdf --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

.PHONY: secrets
secrets: ## make the secret files docker-compose.yml reads, once
	@set -eu; umask 077; mkdir -p secrets; \
	if [ -e secrets/database_url ]; then echo 'secrets/ exists already.'; exit 0; fi; \
	word() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }; \
	postgres=$$(word); redis=$$(word); \
	echo '*' >secrets/.gitignore; \
	printf %s "$$postgres" >secrets/postgres_password; \
	printf %s "$$redis" >secrets/redis_password; \
	printf %s "postgresql://riskbase:$$postgres@postgres:5432/riskbase" >secrets/database_url; \
	printf %s "redis://:$$redis@redis:6379/0" >secrets/redis_url; \
	printf %s "$$(word)$$(word)" >secrets/secret_key; \
	chmod 444 secrets/*; echo 'Wrote secrets/ (only you can enter the folder).'

.PHONY: clean
clean: ## remove the environment and caches; the data in var/ stays
	rm -rf .venv .venv.log .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
