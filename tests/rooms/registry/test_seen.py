"""Two people who change the same thing at once: the second is told, with what was entered kept."""

from functools import partial

import pytest
from django.urls import reverse
from tests import build
from tests.signing_in import sign_in

from zhifa.law.errors import Conflict
from zhifa.registry import selectors, services
from zhifa.registry.forms.items import ItemForm
from zhifa.registry.rules import NO_CONTACT, Contact, ItemState
from zhifa.registry.seen import NOTHING, seen_of

pytestmark = pytest.mark.django_db
AT = build.AT


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: AT)


@pytest.fixture
def city():
    return build.city()


@pytest.fixture
def as_(client):
    """Return a function that signs a person in and gives the client."""
    return partial(sign_in, client=client)


def at(name, *args):
    return reverse(f"registry:{name}", args=args)


def change(city, contact, seen):
    services.change_contact(
        body_id=city.body, contact=contact, actor=city.administrator, at=AT, seen=seen
    )


def define(city, seen, *, code="D-1", who=0, **content):
    return services.define_item(
        body_id=city.body, content=build.item_content(code, **content), actor=city.handlers[who],
        at=AT, seen=seen,
    )  # fmt: skip


def content(item):
    return selectors.power_item(item).content


def test_a_contact_is_changed_by_who_saw_what_stands_there(city):
    first = Contact(phone="1")
    change(city, first, seen_of(NO_CONTACT))
    with pytest.raises(Conflict, match=r"edit\.outdated"):
        change(city, Contact(address="甲路"), seen_of(NO_CONTACT))
    assert selectors.body(city.body).contact == first
    change(city, Contact(phone="2"), None)
    assert selectors.body(city.body).contact.phone == "2"


def test_a_draft_is_written_anew_by_who_saw_it(city):
    item = define(city, NOTHING)
    with pytest.raises(Conflict, match=r"item\.open_version"):
        define(city, NOTHING, who=1)
    before = seen_of(content(item))
    assert define(city, before, scope="甲区") == item
    with pytest.raises(Conflict, match=r"edit\.outdated"):
        define(city, before, who=1, scope="乙区")
    assert content(item).scope == "甲区"


def test_what_was_approved_meanwhile_is_not_written_over(city):
    item = define(city, NOTHING)
    seen = seen_of(content(item))
    services.submit_item(item_id=item, actor=city.handlers[0], at=AT)
    services.approve_item(item_id=item, actor=city.supervisor, at=AT, seen=seen)
    with pytest.raises(Conflict, match=r"edit\.outdated"):
        define(city, seen, who=1)


def test_the_office_approves_the_text_it_read(city):
    item = define(city, NOTHING)
    read = seen_of(content(item))
    services.submit_item(item_id=item, actor=city.handlers[0], at=AT)
    services.return_item(item_id=item, remark="改", actor=city.supervisor, at=AT)
    define(city, read, scope="别的")
    services.submit_item(item_id=item, actor=city.handlers[0], at=AT)
    with pytest.raises(Conflict, match=r"edit\.outdated"):
        services.approve_item(item_id=item, actor=city.supervisor, at=AT, seen=read)
    assert selectors.power_item(item).state is ItemState.SUBMITTED


# The pages.


def test_the_contact_form_comes_back_filled_and_can_be_sent_again(as_, city):
    desk = as_(city.administrator)
    seen = seen_of(NO_CONTACT)
    assert f'value="{seen}"' in desk.get(at("contact", city.body)).content.decode()
    change(city, Contact(phone="0513-1", address="乙路"), None)

    late = desk.post(at("contact", city.body), {"phone": "0513-2", "address": "乙路", "seen": seen})
    text = late.content.decode()
    assert late.status_code == 409
    assert "别人已经改过" in text
    assert "电话：0513-1" in text
    assert 'value="0513-2"' in text
    assert "地址：乙路" not in text
    now = seen_of(selectors.body(city.body).contact)
    assert f'name="seen" value="{now}"' in text
    again = {"phone": "0513-2", "address": "乙路", "seen": now}
    assert desk.post(at("contact", city.body), again).status_code == 302
    assert selectors.body(city.body).contact.phone == "0513-2"
    unsaid = desk.post(at("contact", city.body), {"phone": "0513-3"})
    assert unsaid.status_code == 409


def entered(item, **more):
    return ItemForm.of(content(item)) | {"seen": seen_of(content(item))} | more


def test_the_draft_comes_back_filled(as_, city):
    item = define(city, NOTHING)
    desk = as_(city.handlers[1])
    mine = entered(item, scope="我的范围")
    define(city, seen_of(content(item)), scope="别人的范围")
    late = desk.post(at("edit_item", item), mine)
    text = late.content.decode()
    assert (late.status_code, "执法范围：别人的范围" in text, "我的范围" in text) == (
        409,
        True,
        True,
    )
    assert "执法内容：" not in text
    now = seen_of(content(item))
    assert desk.post(at("edit_item", item), mine | {"seen": now}).status_code == 302
    assert content(item).scope == "我的范围"


def test_a_code_that_waits_already_is_not_written_over_as_new(as_, city):
    item = define(city, NOTHING)
    desk = as_(city.handlers[1])
    new = desk.post(at("new_item", city.body), entered(item, scope="新的", seen=""))
    assert (new.status_code, "已有一个没有审核的版本" in new.content.decode()) == (422, True)
    assert content(item).scope != "新的"


def test_a_new_version_goes_on_with_the_draft_there_is(as_, city):
    draft = define(city, NOTHING, code="320614-CF-001", scope="草稿")
    answer = as_(city.handlers[1]).get(at("edit_item", city.item))
    assert answer.url == at("edit_item", draft)


def test_a_draft_approved_meanwhile_becomes_a_new_version(as_, city):
    item = define(city, NOTHING)
    mine = entered(item, scope="我的范围", valid_from="2026-09-01")
    services.submit_item(item_id=item, actor=city.handlers[0], at=AT)
    services.approve_item(item_id=item, actor=city.supervisor, at=AT)
    desk = as_(city.handlers[1])
    late = desk.post(at("edit_item", item), mine)
    assert (late.status_code, 'name="seen" value=""' in late.content.decode()) == (409, False)
    assert desk.post(at("edit_item", item), mine | {"seen": ""}).status_code == 302
    assert selectors.open_version(city.body, "D-1").content.scope == "我的范围"


def test_the_approval_says_what_was_read(as_, city):
    item = define(city, NOTHING)
    services.submit_item(item_id=item, actor=city.handlers[0], at=AT)
    office, seen = as_(city.supervisor), seen_of(content(item))
    assert f"?seen={seen}" in office.get(at("item", item)).content.decode()
    stale = office.get(at("approve_item", item), {"seen": "0" * 64}).content.decode()
    assert f'value="{"0" * 64}"' in stale
    refused = office.post(at("approve_item", item), {"remark": "", "seen": "0" * 64})
    assert (refused.status_code, "别人已经改过" in refused.content.decode()) == (409, True)
    assert office.post(at("approve_item", item), {"remark": "", "seen": seen}).status_code == 302
