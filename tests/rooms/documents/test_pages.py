"""The pages of this room: what is not there or out of scope looks the same."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from tests import rows
from tests.rooms.documents.made import AT, CASE, OFFICER, make

from zhifa.accounts.models import Person
from zhifa.documents import press, selectors, services, views
from zhifa.law.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    return press.store()


def asked(query: str = "", **headers: str):
    request = RequestFactory(headers=headers).get(f"/desk/documents/{query}")
    request.user = Person(
        id=OFFICER, login_name="officer", name="李演示", must_change_password=False
    )
    request.actor = OFFICER
    return request


def test_a_finished_document_is_shown_and_saved():
    made = make()
    services.render_document(made.id, at=AT)
    shown = views.file(asked(), document_id=made.id)
    content = b"".join(shown.streaming_content)
    shown.file_to_stream.close()  # closing the answer would close the connection too

    assert content.startswith(b"%PDF")
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["ETag"] == f'"{selectors.document(made.id).sha256}"'
    saved = views.file(asked("?download=1"), document_id=made.id)
    saved.file_to_stream.close()
    assert saved["Content-Disposition"].startswith("attachment")


def test_a_document_in_the_making_has_a_page_but_no_file():
    made = make()
    part = views.show(asked(**{"HX-Request": "true"}), document_id=made.id).content.decode()
    assert "正在生成" in part
    assert "<html" not in part
    with pytest.raises(NotFound):
        views.file(asked(), document_id=made.id)
    services.render_document(made.id, at=AT)
    assert (
        "下载" in views.show(asked(**{"HX-Request": "true"}), document_id=made.id).content.decode()
    )


@pytest.mark.parametrize("view", [views.file, views.show])
def test_an_unknown_document_is_not_found(view):
    with pytest.raises(NotFound):
        view(asked(), document_id=uuid4())
    with pytest.raises(NotFound):
        views.listing(asked(), subject=CASE)


def test_a_document_out_of_scope_is_not_found():
    made = make()
    services.render_document(made.id, at=AT)
    rows.act_as(uuid4())
    for view in (views.file, views.show):
        with pytest.raises(NotFound):
            view(asked(), document_id=made.id)
    with pytest.raises(NotFound):
        views.listing(asked(), subject=CASE)
    with pytest.raises(NotFound):
        selectors.content(made.id)
    rows.act_as(rows.HEAD)
    assert views.show(asked(**{"HX-Request": "true"}), document_id=made.id).status_code == 200


@pytest.mark.parametrize("view", [views.file, views.show, views.listing])
def test_who_has_not_signed_in_is_sent_to_do_so(view):
    request = asked()
    request.user = AnonymousUser()
    name = "subject" if view is views.listing else "document_id"
    answer = view(request, **{name: uuid4()})
    assert (answer.status_code, view.signed_in_only) == (302, True)
