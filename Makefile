# Commands of the portal. `make` alone lists them.
# On a fresh machine only Python (3.11 or newer, with venv) and make are needed.

SHELL := /bin/sh
PORT ?= 8000
export PYTHON
# Without bytecode the portal would compile its own files at each start, a third of the time.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
DEV := DEBUG=1 $(PY)

.DEFAULT_GOAL := help
.PHONY: help setup run check test bench safety audit sbom lock lint clean

help:
	@echo 'make run     portal di http://127.0.0.1:$(PORT) dengan data contoh (PORT=… untuk porta lain)'
	@echo 'make check   pemeriksaan cepat: gaya, lapisan, migrasi, uji tanpa peramban'
	@echo 'make test    semuanya: pemeriksaan, uji di SQLite dan PostgreSQL, uji peramban'
	@echo 'make bench   pengukuran kecepatan, sekitar 30 menit; SCALES=1 tanpa negeri 20 kali lipat'
	@echo 'make safety  papan keamanan G1–G20; ONLY=G5,G6 untuk sebagian, SHORT=1 untuk jumlah kecil,'
	@echo '             RESUME=1 untuk meneruskan yang terputus di commit yang sama'
	@echo 'make audit   kelemahan paket yang diketahui; make sbom: daftar komponen (CycloneDX)'
	@echo 'make lock    requirements.lock ditulis ulang, sesudah requirements.txt berubah'
	@echo 'make setup   lingkungan Python saja, dengan paket pengembangan'
	@echo 'make clean   hapus lingkungan Python dan tembolok; data di var/ tetap'

# The stamps make a second run quick: packages are installed again only when a list changed.
.venv/.runtime: requirements.txt scripts/setup.sh
	@scripts/setup.sh requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-s3.txt requirements-dev.txt scripts/setup.sh
	@scripts/setup.sh requirements-dev.txt
	@touch .venv/.runtime $@

setup: .venv/.dev

run: .venv/.runtime
	@# Without Django's checks: runserver makes the same ones right after.
	@$(DEV) manage.py siapkan --contoh --skip-checks
	@echo 'Portal: http://127.0.0.1:$(PORT)  (hentikan dengan Ctrl+C)'
	@# The worker does what takes long (text of a scan, mail), kabari what is due by the clock;
	@# both end with the server, and begin after its first page.
	@trap 'kill $$worker $$clock 2>/dev/null' EXIT INT TERM; \
	(sleep 5; exec env $(DEV) manage.py db_worker --no-reload --no-startup-delay --queue-name '*') & worker=$$!; \
	(sleep 6; exec env $(DEV) manage.py kabari --terus) & clock=$$!; \
	$(DEV) manage.py runserver 127.0.0.1:$(PORT)

lint: .venv/.dev
	@$(PY) scripts/run_tests.py lint

check: .venv/.dev
	@$(PY) scripts/run_tests.py lint audit sqlite

test: .venv/.dev
	@$(PY) scripts/run_tests.py lint audit programs sqlite postgresql browser

audit: .venv/.dev
	@$(PY) scripts/audit_packages.py

sbom: .venv/.dev
	@$(PY) scripts/sbom.py sbom.json

lock: .venv/.dev
	@scripts/lock.sh

SCALES ?= 1,20
bench: .venv/.dev
	@$(PY) benchmarks/run.py --scales $(SCALES) --start --uploads $(if $(JSON),--json $(JSON))

# The readers of source pin packages of their own, other versions than ours: a room of their own.
.venv-safety/.ready: requirements-safety.txt scripts/setup.sh
	@scripts/setup.sh requirements-safety.txt .venv-safety
	@touch $@

safety: .venv/.dev .venv-safety/.ready
	@$(PY) -m safety.run $(if $(ONLY),--only $(ONLY)) $(if $(SHORT),--short) $(if $(RESUME),--resume)

clean:
	rm -rf .venv .venv-safety .pytest_cache .ruff_cache .import_linter_cache .hypothesis staticfiles
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
