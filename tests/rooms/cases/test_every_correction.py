"""Every step of a case has a page on which its correction is asked for, and no answer of it is a fault."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import build
from tests.rooms.access.drawn import drawn
from tests.rooms.cases.desk import said
from tests.rooms.cases.work import casework, large, small, told
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors
from zhifa.cases.correction import correcting
from zhifa.cases.granting import granting
from zhifa.config.demo import stories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()


def sent(case_id, sequence, actor, moved):
    """Return the form as it is drawn, its day moved, with a reason."""
    with acting(actor, on=clock.today()):
        page = correcting(case_id, sequence, actor=actor, on=clock.today())
        form = drawn(page.form()) | drawn(page.step_form())
        day = page.on + timedelta(days=moved)
    return form | {"happened_on": day.isoformat(), "correction-reason": "日期录错"}


STORIES = {
    "small": (small, stories.to_closed),
    "large": (large, stories.major_decided),
    "in hearing": (large, stories.in_hearing),
}


@pytest.mark.parametrize("name", STORIES)
def test_every_step_is_asked_to_be_corrected(name):
    matter, story = STORIES[name]
    work = told(casework(build.city(), matter()), story)
    with acting(work.desk.head, on=clock.today()):
        record = [one for one in selectors.timeline(work.case_id) if one.sequence]
    clients = {}
    answers = {}
    for entry in record:
        if entry.actor not in clients:
            clients[entry.actor] = Client()
            sign_in(entry.actor, clients[entry.actor])
        address = reverse("cases:correct", args=(work.case_id, entry.sequence))
        assert clients[entry.actor].get(address).status_code == 200, entry.action
        for moved in (0, -1, -400):
            answer = clients[entry.actor].post(
                address, sent(work.case_id, entry.sequence, entry.actor, moved)
            )
            answers[entry.sequence, moved] = answer.status_code
            assert answer.status_code in {302, 409, 422}, (entry.action, said(answer))
    assert {answers[one.sequence, 0] for one in record} <= {409, 422}  # nothing to correct

    with acting(work.desk.head, on=clock.today()):
        waiting = selectors.case(work.case_id).facts.corrections_asked
    assert len(waiting) == list(answers.values()).count(302)
    for asked in waiting:
        head = work.desk.unit_head if asked.by == work.desk.head else work.desk.head
        with acting(head, on=clock.today()):
            page = granting(work.case_id, asked.sequence, actor=head, on=clock.today())
            form = drawn(page.form()) | {"grant": "yes"}
        client = Client()
        sign_in(head, client)
        address = reverse("cases:answer_correction", args=(work.case_id, asked.sequence))
        assert client.get(address).status_code == 200
        assert client.post(address, form).status_code in {302, 409}
