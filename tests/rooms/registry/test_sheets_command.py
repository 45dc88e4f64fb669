"""`zhifa import` and `zhifa export`: a report row by row, and an exit status that scripts can rely on."""

import pytest
from tests import build

from zhifa.config.cli import parser
from zhifa.registry import selectors
from zhifa.registry.imports import columns
from zhifa.registry.rules import Role
from zhifa.registry.sheets import writing

pytestmark = pytest.mark.django_db

GOOD = {"code": "demo-a", "kind": "行政机关", "name": "演示𬭎䶮局", "valid_from": "2026-01-01"}
BAD = GOOD | {"code": "demo-b", "name": ""}


@pytest.fixture
def run(capsys):
    """Return a function: run a command line, give its status, what it printed and its complaint."""

    def command(*words):
        arguments = parser().parse_args([str(word) for word in words])
        status = arguments.run(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture
def table(tmp_path):
    def write(*rows):
        path = tmp_path / "主体.xlsx"
        path.write_bytes(writing.xlsx(columns.BODIES, rows, title="主体"))
        return path

    return write


def test_a_clean_table_is_written(run, table):
    status, out, _ = run("import", "bodies", table(GOOD))
    assert status == 0
    assert out == "✓ 共 1 行：已导入 1 行。已写入 1 行\n"
    assert selectors.body_by_code("demo-a").name == "演示𬭎䶮局"


def test_a_dry_run_writes_nothing(run, table):
    status, out, _ = run("import", "bodies", table(GOOD), "--dry-run")
    assert (status, out) == (0, "共 1 行：可导入 1 行。只是检查，没有写入\n")
    assert selectors.every_body() == []


def test_one_bad_row_holds_all_back_and_the_status_says_so(run, table):
    status, out, _ = run("import", "bodies", table(GOOD, BAD))
    assert status == 1
    assert "✗ 第 3 行 demo-b：名称：必填，这里是空的" in out
    assert selectors.every_body() == []


def test_the_good_rows_can_be_kept_and_the_status_still_says_so(run, table):
    status, out, _ = run("import", "bodies", table(GOOD, BAD), "--keep-good")
    assert status == 1
    assert "已写入 1 行" in out
    assert len(selectors.every_body()) == 1


def test_who_imports_is_judged(run, table):
    admin = build.appointed(Role.SYSTEM_ADMINISTRATOR, build.body("演示司法局"))
    clerk = build.person()
    from zhifa.accounts import selectors as accounts

    over = selectors.every_body()[0].identity.code
    file = table(GOOD | {"supervised_by": over})
    status, out, _ = run("import", "bodies", file, "--as", accounts.person(clerk).login_name)
    assert status == 1
    assert "您没有这项职务" in out
    status, _, _ = run("import", "bodies", file, "--as", accounts.person(admin).login_name)
    assert status == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("import", "bodies", "no-such-file.xlsx"), "没有这个文件"),
        (("import", "bodies", __file__), "没有找到表头"),
        (("import", "bodies", __file__, "--as", "nobody"), "没有这个登录名"),
        (("export", "bodies", "--out", "bodies.docx"), "文件名应以 .xlsx 或者 .csv 结尾"),
    ],
)
def test_misuse_is_said_in_words(run, words, complaint):
    status, _, err = run(*words)
    assert status == 1
    assert complaint in err


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_imports_as_the_same(run, table, tmp_path, form):
    run("import", "bodies", table(GOOD))
    out = tmp_path / f"out.{form}"
    assert run("export", "bodies", "--out", out)[0] == 0
    status, text, _ = run("import", "bodies", out)
    assert (status, text) == (0, "✓ 共 1 行：已有，无变化 1 行。没有要写入的内容\n")


def test_an_export_without_a_file_goes_to_the_screen(run, table):
    run("import", "bodies", table(GOOD))
    status, out, _ = run("export", "bodies")
    assert status == 0
    assert out.splitlines()[0].startswith("主体编码,类别,名称")


def test_a_body_nobody_registered_and_a_folder_are_told(run, tmp_path):
    for kind in ("bodies", "officers", "power-items"):
        status, out, err = run("export", kind, "--body", "ZZZ")
        assert (status, out) == (1, "")
        assert "没有这个执法主体：ZZZ" in err
    status, _, err = run("import", "bodies", tmp_path)
    assert status == 1
    assert "是文件夹" in err
