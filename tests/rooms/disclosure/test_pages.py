"""The pages of disclosure, clicked through as different people, and the registry's publications."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from tests import build
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    deliver,
    page_of,
    person_matter,
    release,
    shown,
    turn,
)
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.config.demo.city import credit_code
from zhifa.disclosure import selectors, services
from zhifa.disclosure.models import Parcel
from zhifa.disclosure.packages import NotTaken
from zhifa.disclosure.rules import Act, State
from zhifa.law.errors import Denied
from zhifa.registry import services as registry
from zhifa.registry.rules import Role


def text(answer) -> str:
    return answer.content.decode()


def url(name, *args) -> str:
    return reverse(f"disclosure:{name}", args=args)


def post_turn(person, made, act, **more):
    seen = shown(made, person).version
    return sign_in(person).post(url("turn", made), {"act": act, "seen": seen, **more})


def test_four_people_click_a_decision_to_the_public(case_id, city):
    queue = text(sign_in(city.editor).get(url("queue")))
    assert ("编辑公示" in queue, "演示便利店" in queue) == (True, True)
    answer = sign_in(city.editor).post(url("begin", case_id))
    made = answer["Location"].strip("/").rpartition("/")[2]
    page = text(sign_in(city.editor).get(answer["Location"]))
    assert ("提交" in page, "另外隐去的文字" in page, "决定书公开版本" in page) == (
        True,
        True,
        True,
    )
    for person, act in (
        (city.editor, "submit"), (city.unit_head, "agree"), (city.reviewer, "clear"),
        (city.publisher, "release"),
    ):  # fmt: skip
        assert post_turn(person, made, act).status_code == 302, act
    assert "正在送往门户" in text(sign_in(city.publisher).get(url("queue")))
    deliver(city.publisher)

    page = text(sign_in(city.publisher).get(url("publication", made)))
    found = shown(made, city.publisher)
    assert quote(found.number) in page or found.number in page
    assert ("门户页面" in page, found.parcels[0].receipt_sha256 in page) == (True, True)
    assert page_of(found)[0] == 200
    assert "演示便利店" in text(sign_in(city.leader).get(url("publication", made)))


def test_an_editor_takes_more_out_and_sees_it_at_once(case_id, city):
    made = begin(case_id, city)
    answer = sign_in(city.editor).post(
        url("mask", made),
        {"seen": 1, "hidden": ["某牌饼干", ""], "stands_for": ["", ""], "found": ["privacy"]},
    )

    assert answer.status_code == 422  # those words stand nowhere in the decision
    answer = sign_in(city.editor).post(
        url("mask", made),
        {"seen": 1, "hidden": ["饼干", ""], "stands_for": ["某食品", ""], "found": ["privacy"]},
    )
    page = text(sign_in(city.editor).get(answer["Location"]))
    assert '<mark class="out">某食品</mark>' in page
    assert ("按规定不予公示" in page, "政府信息公开条例第十五条" in page) == (True, True)
    assert sign_in(city.editor).post(url("mask", made), {"found": ["x"]}).status_code == 422


def test_a_refusal_is_shown_on_the_page_with_its_article_and_what_was_typed(case_id, city):
    build.appointed(Role.DISCLOSURE_REVIEWER, city.body, who=city.editor)
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)

    page = text(sign_in(city.editor).get(url("publication", made)))
    assert "disabled>审核通过" in page  # said before it is clicked
    answer = post_turn(city.editor, made, "clear", reason="看过")
    assert answer.status_code == 409
    assert "自己编辑的公示内容不能由自己" in text(answer)
    answer = post_turn(city.reviewer, made, "withhold", reason="不想公示")
    assert (answer.status_code, "不想公示" in text(answer)) == (409, True)
    assert post_turn(city.reviewer, made, "dance").status_code == 422
    assert post_turn(city.publisher, made, "clear").status_code == 403


def test_a_withdrawal_asks_for_ground_and_reason(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)
    seen = shown(made, city.publisher).version

    def withdraw(**data):
        return sign_in(city.publisher).post(url("withdraw", made), {"seen": seen, **data})

    assert "请选择" in text(withdraw(reason="x"))
    assert withdraw(ground="revoked", reason="").status_code == 422
    for nothing_said in ("错", "  撤回了  "):
        short = withdraw(ground="revoked", reason=nothing_said)
        assert (short.status_code, "不少于五个字" in text(short)) == (409, True)
        assert "第四十八条第二款" in text(short)
    assert shown(made, city.publisher).state is State.PUBLISHED
    leaking = withdraw(ground="revoked", reason="王演示胜诉")
    assert (leaking.status_code, "撤回原因" in text(leaking)) == (409, True)
    assert withdraw(ground="revoked", reason="决定被撤销").status_code == 302
    assert shown(made, city.publisher).state is State.WITHDRAWING


def test_the_public_version_is_looked_at_before_and_after_it_is_frozen(case_id, city):
    made = begin(case_id, city)
    drafted = sign_in(city.editor).get(url("document", made))
    turn(made, Act.SUBMIT, city.editor)
    frozen = sign_in(city.unit_head).get(url("document", made))

    assert drafted.content == frozen.content  # the same values make the same file
    assert frozen["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in frozen["Cache-Control"]


@pytest.mark.parametrize("name", ["publication", "document"])
def test_a_page_is_not_found_by_those_who_may_not_see_it(case_id, city, name):
    made = begin(case_id, city)

    assert sign_in(city.administrator).get(url(name, made)).status_code == 404
    assert sign_in(city.publisher).get(url(name, case_id)).status_code == 404
    assert Client().get(url(name, made)).status_code == 302


def test_a_doubtful_number_is_kept_with_a_reason(serve, city):
    from dataclasses import replace

    matter = person_matter()
    draft = replace(matter.draft, facts_found="批次110105194912310021的饼干超过保质期。")
    made = begin(serve(replace(matter, draft=draft)), city)
    (suspect,) = shown(made, city.editor).suggestions
    assert (suspect.text, suspect.why) == ("110105194912310021", "near_id_number")
    answer = sign_in(city.editor).post(
        url("mask", made),
        {
            "seen": 1,
            "suggestion": [suspect.text],
            "kept": [suspect.text],
            "kept_reason": ["批次号"],
        },
    )

    page = text(sign_in(city.editor).get(answer["Location"]))
    assert page.count("110105194912310021") >= 3
    assert shown(made, city.editor).suggestions[0].kept
    turn(made, Act.SUBMIT, city.editor)
    mask_again = shown(made, city.editor)
    assert mask_again.state is State.SUBMITTED


def records(city):
    with as_(city.publisher):
        return {
            (one.kind, one.key): one.status
            for one in selectors.record_changes(city.body, on=clock.today())
        }


def publish_all(city, *, by=None):
    page = sign_in(by or city.publisher)
    pairs = [f"{kind}|{key}" for kind, key in records(city)]
    answer = page.post(url("records", city.body), {"record": pairs})
    assert answer.status_code == 302
    deliver(city.publisher)


def test_what_the_registry_says_is_published_and_kept_up_to_date(city):
    first = records(city)
    assert sorted({kind for kind, _ in first}) == ["body", "chart", "officer", "power_item"]
    assert set(first.values()) == {"new"}
    page = text(sign_in(city.publisher).get(url("records", city.body)))
    assert ("海门区市场监督管理局" in page, "penalty.ordinary" in page) == (True, True)
    publish_all(city)

    assert set(records(city).values()) == {"same"}
    site = Client()
    code = credit_code(1)
    assert site.get(f"/bodies/{code}/").status_code == 200
    assert "流程图" in text(site.get("/charts/penalty.ordinary/"))
    assert "320614-CF-001" in text(site.get("/items/"))
    with as_(city.publisher):
        before = Parcel.objects.count()
        assert services.publish_records(
            body_id=city.body, wanted=frozenset(first), actor=city.publisher, on=clock.today(),
            at=clock.now(),
        ) == 0  # fmt: skip
        assert Parcel.objects.count() == before

    build.certificate(city.unit_head, city.body)
    build.appointed(Role.CASE_HANDLER, city.body, who=city.unit_head, unit_id=city.unit)
    registry.revoke_certificate(
        certificate_id=_card_of(city.handlers[0], city.body), revoked_on=clock.today(), reason="调离",
        actor=build.SYSTEM, at=clock.now(),
    )  # fmt: skip
    clock.move_to(clock.now() + timedelta(days=1))
    assert sorted(one for one in records(city).values() if one != "same") == ["gone", "new"]
    publish_all(city)
    assert set(records(city).values()) == {"same"}
    gone = [row for row in Parcel.objects.all() if row.kind == "withdrawal"]
    assert [site.get(f"/officers/{row.key}/").status_code for row in gone] == [410]


def _card_of(person, body_id):
    from zhifa.registry import selectors as people

    return people.certificates(body_id, [person], on=clock.today())[person].id


def test_only_a_publisher_of_the_body_publishes_its_registry(city):
    assert sign_in(city.editor).get(url("records", city.body)).status_code == 404
    with as_(city.editor), pytest.raises(Denied):
        services.publish_records(
            body_id=city.body,
            wanted=frozenset(),
            actor=city.editor,
            on=clock.today(),
            at=clock.now(),
        )


def test_a_body_that_cannot_be_addressed_shows_nothing_and_says_so(city):
    with as_(city.publisher):
        assert selectors.record_changes(city.supervision, on=clock.today()) == []


def test_what_the_portal_refuses_is_said_in_words(city, monkeypatch):
    from zhifa.disclosure import packages

    class Deaf:
        def send(self, package):
            raise NotTaken(("uscc.check_digit", "unheard.of"))

    sign_in(city.publisher).post(url("records", city.body), {"record": [f"body|{credit_code(1)}"]})
    monkeypatch.setattr(packages, "channel", Deaf)
    with pytest.raises(NotTaken):
        deliver(city.publisher)

    page = text(sign_in(city.publisher).get(url("records", city.body)))

    assert "机关的统一社会信用代码不对" in page
    assert "门户拒收（unheard.of）" in page
