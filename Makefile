# 总入口。`make run` opens the program and `make test` proves it; each sets up first whatever the machine lacks.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test bundle bundle-smoke bench lock clean machine-to-run machine-to-test
.PHONY: test-style test-heart test-all test-bundle

BIN   := .venv/bin
HEART := domain policy rules planning usecases exchange
FULL  := desktop/rules/*,desktop/domain/*,desktop/policy/*,desktop/usecases/*

# A screen that nobody sees, for what needs a real window: Qt itself is told to paint offscreen.
SCREEN = QT_QPA_PLATFORM=offscreen $(if $(shell command -v xvfb-run),xvfb-run -a -s "-screen 0 1600x1000x24")

help:
	@echo 'make run      打开程序                open the program (FAMILY=FILE for a book or a family document)'
	@echo 'make test     全部检查与测试          every check and test, the bundle included'
	@echo 'make bundle   打包到 dist/gongji      build the program that opens by double-click'
	@echo 'make bench    性能基准                the benchmarks, as ratios to their anchors'
	@echo 'make lock     重写 requirements.lock  pin the libraries anew (UPGRADE=--upgrade: at their newest)'
	@echo 'make clean    清除生成的文件          remove everything that was made here'

run: machine-to-run .venv/.ready
	@$(BIN)/gongji $(FAMILY)

test: machine-to-test .venv/.ready .venv-heart/.ready test-style test-heart test-all test-bundle

test-style: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/alembic check

# The heart's own tests and the examples in its docstrings, where there is neither Qt nor a store.
test-heart: .venv-heart/.ready
	.venv-heart/bin/python -m pytest -n auto --dist loadfile --doctest-modules \
	    $(wildcard $(HEART:%=tests/%)) $(wildcard $(HEART:%=desktop/%))

test-all: .venv/.ready
	$(SCREEN) $(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=
	$(BIN)/coverage report --include='$(FULL)' --fail-under=100
	$(BIN)/coverage report --omit='$(FULL)' --fail-under=85

test-bundle: bundle bundle-smoke

bundle: machine-to-test .venv/.ready
	$(BIN)/pyinstaller --noconfirm --log-level ERROR --distpath dist --workpath build/bundle build.spec

bundle-smoke:
	@$(SCREEN) $(BIN)/python -m pytest tests/bundle

bench: machine-to-test .venv/.ready
	$(SCREEN) $(BIN)/python -m tests.benchmarks $(ONLY)

lock: .venv/.ready
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --no-config $(UPGRADE) --extra dev --extra batch \
	    --strip-extras --generate-hashes --allow-unsafe --no-emit-options --no-emit-index-url \
	    --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml

clean:
	rm -rf .venv .venv-heart build dist *.egg-info .coverage .hypothesis .import_linter_cache
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

machine-to-run:
	@.ci/setup system run

machine-to-test:
	@.ci/setup system test

.venv/.ready: requirements.lock pyproject.toml .ci/setup
	@.ci/setup venv
	@touch $@

.venv-heart/.ready: requirements.lock pyproject.toml .ci/setup
	@.ci/setup heart
	@touch $@
