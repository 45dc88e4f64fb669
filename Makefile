# 执法三项制度平台 Zhifa: `make` lists the commands.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
DEV := $(VENV)/ready-dev
# As root, PostgreSQL runs as an unprivileged user, who must be able to reach the data folder.
export ZHIFA_DATA_DIR ?= $(shell $(PYTHON) tools/data_dir.py 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run demo test check fix bench docs lock clean

help: ## list the commands 列出命令
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## install, start the database, load the demo city, serve 安装并启动（含演示城市）
	@$(BIN)/zhifa serve --demo

demo: $(READY) ## tell the main job step by step; ends 0 only if all of it held 主线演示
	@$(BIN)/zhifa demo

test: $(DEV) ## every test 全部测试
	@$(BIN)/python tools/chromium.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

check: $(DEV) ## lint, types, contracts, procedures 检查
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zhifa procedures check

fix: $(DEV) ## format, and mend what ruff can 自动修正格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV) ## measure; figures as JSON 性能测量
	$(BIN)/zhifa bench steps --json
	$(BIN)/zhifa bench log --json

docs: $(DEV) ## draw the procedure charts anew 重新绘制流程图
	$(BIN)/zhifa procedures chart penalty.ordinary --out docs/procedures/penalty.ordinary.svg

lock: $(DEV) ## resolve the dependencies anew; hashes, no addresses 重新锁定依赖
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements/dev.txt
	npm install --package-lock-only --ignore-scripts

clean: ## remove what was installed; the data folder stays 删除安装（保留数据）
	rm -rf $(VENV) build src/zhifa/config/static/vendor

$(VENV)/bin/pip:
	@sh tools/preflight.sh $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(READY): requirements/run.txt requirements/build.txt pyproject.toml hatch_build.py assets.json package-lock.json | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/run.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.txt $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
