# Two commands for a fresh machine with only Python 3.11 or later: make demo, make test.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
DEMO := examples/xoa-thu-tien-dien

# What congvan stands on; run with other versions of Python and of the libraries, in an install without development packages.
HEART := tests/test_facade.py tests/test_errors.py tests/findings tests/text tests/letter tests/recipients tests/register \
	tests/campaign tests/inspect tests/word/template tests/word/intake tests/run/test_pipeline.py tests/run/test_table.py \
	tests/run/output tests/cli/test_commands.py tests/support tests/service

.PHONY: demo test check docs release bom executable long kill-test letter-test lowest pythons soak golden pictures benchmark clean

demo: .venv/installed  ## the main job: a campaign for three tiers, Word and PDF
	$(BIN)/congvan render $(DEMO)/campaign.yaml

test: .venv/installed-dev check  ## lint, types, tests
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: .venv/installed-dev  ## the documentation as a site, both languages, strictly: build/site/index.html
	$(BIN)/python -m mkdocs build --strict

release: .venv/installed-dev bom  ## wheel and sdist, installed in an environment of their own and tried without a network
	$(BIN)/python -m build --outdir build/dist .
	$(BIN)/python -m pytest -q tests/test_wheel.py

bom: .venv/installed-dev  ## what congvan installs, with versions and licences: build/bom.json, build/licences.txt
	$(BIN)/python -m pip install --quiet --group release
	$(BIN)/python packaging/bill_of_materials.py build

executable: .venv/installed-dev  ## one folder with congvan in it that needs no Python; made on the system it is for
	$(BIN)/python packaging/executable.py build

long: kill-test letter-test lowest pythons  ## what takes too long for every change; run it before closing a piece of work

kill-test: .venv/installed-dev  ## 300 runs killed and continued, on each kind of register: 10 minutes
	$(BIN)/python -c "import os, pytest; os.environ['CONGVAN_KILLS'] = '300'; raise SystemExit(pytest.main(['-s', 'tests/run/test_kills.py']))"

letter-test: .venv/installed-dev  ## 1,000 random letters through both engines: half an hour
	$(BIN)/python -c "import os, pytest; os.environ['CONGVAN_LETTERS'] = '1000'; raise SystemExit(pytest.main(['-q', 'tests/pdf/ink/test_random_letters.py']))"

lowest: .venv/created  ## the suite's heart with the lowest versions pyproject.toml allows
	$(call try_with,lowest,$(PYTHON),--resolution lowest-direct)

pythons: .venv/created  ## the suite's heart on each later Python that this machine has
	$(foreach version,3.12 3.13 3.14,$(if $(shell python$(version) -c "print(1)" 2>/dev/null),$(call try_with,$(version),python$(version),) &&)) true

# $(1) names the environment, $(2) is its Python, $(3) says how versions are chosen.
define try_with
rm -rf .venv/$(1) && $(2) -m venv .venv/$(1) && $(BIN)/python -m pip install --quiet uv && \
	$(BIN)/uv pip install --quiet --python .venv/$(1) $(3) --editable . && \
	$(BIN)/uv pip install --quiet --python .venv/$(1) "pytest>=8.3" "pytest-xdist>=3.6" "hypothesis>=6.120" && \
	.venv/$(1)/bin/python -m pytest -q -n auto --dist loadgroup $(HEART)
endef

soak: .venv/installed-dev  ## letters through a threaded service for three minutes, hostile ones among them
	$(BIN)/python -m benchmarks.soak

golden: .venv/installed-dev  ## make the built-in templates, the sample directories, the pages of the Python interface and of texts again
	$(BIN)/python -m congvan.word.builtin.builder templates
	$(BIN)/python recipients/thanh-hoa/tao_mau.py
	$(BIN)/python docs/reference/python_page.py
	$(BIN)/python docs/reference/lint_page.py
	$(BIN)/python docs/reference/noi_dung_page.py
	$(BIN)/python docs/reference/schema_files.py
	$(BIN)/python docs/reference/generated_pages.py

pictures: .venv/installed-dev  ## draw the pictures of letters in docs/images again; needs pdftoppm
	$(BIN)/python docs/images/pictures.py

benchmark: .venv/installed-dev  ## time and memory next to other ways of making the same letters; half an hour; BENCHMARK=--quick for five minutes
	$(BIN)/python -m pip install --quiet --group benchmark
	$(BIN)/python -m benchmarks.province $(BENCHMARK)

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in ('.venv', 'build', '$(DEMO)/out')]"

.venv/created:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(PYTHON) -c "open('.venv/created', 'w').close()"

.venv/installed: .venv/created pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	$(PYTHON) -c "open('.venv/installed', 'w').close()"

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	$(PYTHON) -c "open('.venv/installed-dev', 'w').close()"
