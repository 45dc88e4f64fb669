"""The work list and the log of administration as workbooks (导出): what the page shows, days as days, no formulas."""

import io
import re
import zipfile
from datetime import timedelta
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook
from tests import build
from tests.signing_in import sign_in

from zhifa.clock import BEIJING
from zhifa.config import administration, work_list
from zhifa.law.errors import Denied
from zhifa.registry import services
from zhifa.registry.rules import Role

pytestmark = pytest.mark.django_db
AT = build.AT
FORMULA = '=HYPERLINK("http://x.example","忘记密码")'


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: AT)


@pytest.fixture
def city():
    return build.city()


def cells(answer):
    """Return the rows of the one sheet of a workbook, and its XML."""
    assert answer.status_code == 200
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return sheet.to_python(), book.read("xl/worksheets/sheet1.xml").decode()


def test_the_work_list_is_sent_as_it_is_shown(city):
    officer = build.appointed(Role.CASE_HANDLER, city.body)
    build.certificate(officer, city.body, valid_until=build.ON + timedelta(days=20))
    with build.acting(officer, on=build.ON):
        waiting = work_list.tasks_for(officer, on=build.ON)
    assert any(task.due_on for task in waiting)
    desk = sign_in(officer)
    assert "/desk/export/" in desk.get("/desk/").content.decode()

    answer = desk.get("/desk/export/")
    rows, _ = cells(answer)
    assert "待办-2026-03-02.xlsx" in unquote(answer["Content-Disposition"])
    assert [(row[0], row[1]) for row in rows[1:]] == [(one.why, one.title) for one in waiting]
    assert [row[2] or None for row in rows[1:]] == [one.due_on for one in waiting]  # days, no text


def test_the_log_is_sent_as_it_is_narrowed_and_nothing_in_it_runs(city):
    audit = build.appointed(Role.AUDIT_ADMINISTRATOR, city.supervision)
    for number in range(55):  # more than a page
        services.reset_password(
            person_id=city.handlers[0], reason=FORMULA, actor=city.administrator,
            at=AT + timedelta(days=1, minutes=number),
        )  # fmt: skip
    desk = sign_in(audit)
    page = desk.get("/desk/administration/", {"kind": "person.password_reset"}).content.decode()
    link = re.search(r'href="(/desk/administration/export/\?[^"]+)"', page)[1]
    answer = desk.get(link)
    rows, raw = cells(answer)

    assert "管理日志-2026-03-02.xlsx" in unquote(answer["Content-Disposition"])
    assert len(rows) == 56
    assert {row[2] for row in rows[1:]} == {"重置密码"}
    assert {row[4] for row in rows[1:]} == {FORMULA}
    assert "<f>" not in raw
    assert "hyperlink" not in raw
    newest = AT + timedelta(days=1, minutes=54)
    assert rows[1][0] == newest.astimezone(BEIJING).replace(tzinfo=None)
    day = desk.get("/desk/administration/export/?day=2026-03-02&kind=person.password_reset")
    assert len(cells(day)[0]) == 1


def test_what_cannot_be_read_narrows_nothing_else(city):
    audit = build.appointed(Role.AUDIT_ADMINISTRATOR, city.supervision)
    desk = sign_in(audit)
    asked = {"kind": "officer.appointed", "day": "x", "who": "\0"}
    rows, _ = cells(desk.get("/desk/administration/export/", asked))
    assert {row[2] for row in rows[1:]} == {"登记任职"}


def test_all_lines_are_those_of_the_pages_in_whatever_pieces(city, monkeypatch):
    audit = build.appointed(Role.AUDIT_ADMINISTRATOR, city.supervision)
    monkeypatch.setattr(administration, "_PIECE", 7)
    every = list(administration.every_line(audit, on=build.ON))
    first = administration.log(audit, on=build.ON, page=1).rows
    assert every[: len(first)] == first
    assert len(every) > 7
    with pytest.raises(Denied, match=r"role\.missing"):
        administration.every_line(city.leader, on=build.ON)
