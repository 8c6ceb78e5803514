# Rådslag. `make run` opens the chat, `make test` passes the tests; both set up what they need first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CHROMIUM ?= $(or $(shell command -v chromium || command -v chromium-browser || command -v google-chrome),/usr/bin/chromium)
TESSERACT := /usr/share/tesseract-ocr/5/tessdata/swe.traineddata
CURL := $(or $(shell command -v curl),/usr/bin/curl)
export CHROMIUM

.PHONY: run test check lint eval baselines goteborg bench clean

run: $(INSTALLED) ## ingest corpus/ and open the chat on 127.0.0.1:7860
	$(BIN)/radslag ingest
	$(BIN)/radslag serve

test: lint $(CHROMIUM) $(TESSERACT) $(CURL) ## everything: format, lint, types, evaluation gates, all tests
	$(BIN)/radslag ingest --index .eval/index corpus
	$(BIN)/radslag eval evals/cases/test/*.jsonl --index .eval/index --out .eval/test --gates evals/gates.toml
	$(BIN)/pytest

check: lint ## the quick loop: format, lint, types and the fast tests
	$(BIN)/pytest -m "not slow" --numprocesses auto

lint: $(INSTALLED) ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: $(INSTALLED) ## the evaluation with its report, on dev and test cases
	$(BIN)/radslag ingest --index .eval/index corpus
	$(BIN)/radslag eval evals/cases/dev/*.jsonl --index .eval/index --out .eval/dev
	$(BIN)/radslag eval evals/cases/test/*.jsonl --index .eval/index --out .eval/test --gates evals/gates.toml

# Not part of the project: a folder that holds protokoll/, handlingar/ and revision/. The cases over the minutes are asked of the minutes alone.
DOCUMENTS ?= goteborg
ELSEWHERE := evals/cases/elsewhere/goteborg
goteborg: $(INSTALLED) ## dev cases over Göteborg's papers, where you have them: make goteborg DOCUMENTS=folder
	test -d $(DOCUMENTS)/handlingar || { echo "no folder $(DOCUMENTS)/handlingar: make goteborg DOCUMENTS=folder (see evals/cases/README.md)" >&2; exit 1; }
	$(BIN)/radslag check-cases --corpus $(DOCUMENTS) $(ELSEWHERE)-*.jsonl
	$(BIN)/radslag ingest --index .eval/goteborg $(DOCUMENTS)
	$(BIN)/radslag eval $(ELSEWHERE)-handlingar-dev.jsonl $(ELSEWHERE)-revision-dev.jsonl --index .eval/goteborg --out .eval/goteborg-dev
	RADSLAG_IGNORE='["handlingar", "revision"]' $(BIN)/radslag ingest --index .eval/protokoll $(DOCUMENTS)
	$(BIN)/radslag eval $(ELSEWHERE)-protokoll-dev.jsonl --index .eval/protokoll --out .eval/protokoll-dev

baselines: $(INSTALLED) ## the dev cases put to plain pipelines, and to the program without some of its parts
	$(BIN)/radslag ingest --index .eval/index corpus
	$(BIN)/radslag baselines evals/cases/dev --index .eval/index --out .eval/baselines

bench: $(INSTALLED) ## speed and memory beside their targets
	$(BIN)/radslag bench

clean: ## remove the environment, the index and all reports; the prepared encoder in the user's cache stays
	rm -rf $(VENV) .radslag .eval .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("found Python %d.%d, needs 3.11 or later: make PYTHON=/path/to/python3" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV) || { echo "no venv module: apt-get install python3-venv" >&2; exit 1; }
	@echo "installing the libraries into $(VENV), a few minutes"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# The browser tests need Chromium, those of scanned pages Tesseract, those of the HTTP API curl; where they are missing, they are installed.
$(CHROMIUM):
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-dejavu-core || { echo "no Chromium: install it, or name it with CHROMIUM=/path" >&2; exit 1; }

$(TESSERACT):
	tesseract --list-langs 2>/dev/null | grep -qx swe || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q tesseract-ocr tesseract-ocr-swe; } || { echo "no Tesseract with Swedish: install tesseract-ocr-swe" >&2; exit 1; }

$(CURL):
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q curl || { echo "no curl: install it" >&2; exit 1; }
