"""What may be published, and who takes a publication from where to where."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from zhifa.disclosure import rules
from zhifa.disclosure.rules import (
    Act,
    Counterparty,
    DecisionToPublish,
    Ground,
    PolicyLine,
    State,
    Treatment,
)
from zhifa.law.actors import ActorId
from zhifa.law.citations import NOTICE_118
from zhifa.procedures.values import PartyKind, PenaltyKind

EDITOR, OTHER = ActorId(UUID(int=1)), ActorId(UUID(int=2))
FIRM = Counterparty(kind=PartyKind.ORGANISATION, name="演示公司")
PERSON = Counterparty(kind=PartyKind.PERSON, name="王演示")
DECISION = DecisionToPublish(
    case_id=UUID(int=9), case_version=3, case_number="案", title="案", body_id=UUID(int=8),
    unit_id=None, handlers=(), act_type="penalty", field="samr", parties=(FIRM,), others=(),
    kinds=(PenaltyKind.FINE,), amount_fen=1, decided_on=date(2026, 3, 31),
    served_on=date(2026, 4, 1), is_major=False, reviewed_on=None, review_unit="",
    document_id=UUID(int=7), document_type="penalty_decision", document_sha256="", token="",
    number="", sealed_entry=1, is_demo=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found", "treatment", "codes"),
    [
        pytest.param({}, (), Treatment.PUBLISH, [], id="a firm: as it is"),
        pytest.param({"parties": (PERSON,)}, (), Treatment.ANONYMISE, [], id="a person: no name"),
        pytest.param({"parties": (FIRM, PERSON)}, (), Treatment.ANONYMISE, [], id="both"),
        pytest.param(
            {"kinds": (PenaltyKind.WARNING,)}, (), Treatment.WITHHOLD, ["withhold.warning_only"],
            id="warned only",
        ),
        pytest.param(
            {"kinds": (PenaltyKind.WARNING, PenaltyKind.FINE)}, (), Treatment.PUBLISH, [],
            id="warned and fined",
        ),
        pytest.param(
            {"parties": (replace(PERSON, minor=True),)}, (), Treatment.WITHHOLD,
            ["withhold.minor"], id="a minor",
        ),
        pytest.param(
            {"field": "police"}, (), Treatment.WITHHOLD, ["withhold.public_security_record"],
            id="sealed records, PSL art. 136",
        ),
        pytest.param(
            {"changed_on": date(2026, 5, 6)}, (), Treatment.WITHHOLD, ["withhold.decision_changed"],
            id="what would be withdrawn, art. 48(2)",
        ),
        pytest.param(
            {}, (Ground.NO_SOCIAL_IMPACT,), Treatment.WITHHOLD, ["withhold.no_social_impact"],
            id="art. 48: some social impact",
        ),
        pytest.param(
            {"field": "police"}, (Ground.STATE_SECRET, Ground.PRIVACY), Treatment.WITHHOLD,
            ["withhold.public_security_record", "withhold.state_secret", "withhold.privacy"],
            id="every ban is named",
        ),
    ],
)  # fmt: skip
def test_what_is_done_with_a_decision(change, found, treatment, codes):
    ruled = rules.ruling(replace(DECISION, **change), found=found)

    assert (ruled.treatment, [one.code for one in ruled.reasons]) == (treatment, codes)


@pytest.mark.parametrize("ground", sorted(rules.BANS))
def test_no_table_outweighs_a_ban(ground):
    all_public = (PolicyLine(treatment=Treatment.PUBLISH, basis=NOTICE_118.whole),)

    ruled = rules.ruling(DECISION, found=(ground,), table=all_public)

    assert ruled.treatment is Treatment.WITHHOLD
    assert ruled.banned


def test_policy_is_no_ban_and_a_table_without_an_answer_is_a_fault():
    assert not rules.ruling(replace(DECISION, kinds=(PenaltyKind.WARNING,))).banned
    with pytest.raises(LookupError):
        rules.ruling(DECISION, table=())
    permits = PolicyLine(treatment=Treatment.PUBLISH, basis=NOTICE_118.whole, act_type="permit")
    with pytest.raises(LookupError):
        rules.ruling(DECISION, table=(permits,))


@pytest.mark.parametrize(
    ("party", "treatment", "note", "codes"),
    [
        (None, Treatment.WITHHOLD, "本局规定", []),
        (PartyKind.PERSON, Treatment.WITHHOLD, "本局规定", []),
        (PartyKind.PERSON, Treatment.PUBLISH, "本局规定", ["policy.names_persons"]),
        (PartyKind.ORGANISATION, Treatment.PUBLISH, " ", ["policy.basis_missing"]),
    ],
)
def test_what_a_body_may_choose(party, treatment, note, codes):
    line = PolicyLine(treatment=treatment, basis=NOTICE_118.whole, party=party, note=note)

    assert [one.code for one in rules.choice_objections(line)] == codes


def test_the_way_of_a_publication():
    way = [State.DRAFT]
    for act in (Act.SUBMIT, Act.AGREE, Act.CLEAR, Act.RELEASE):
        way.append(rules.move(act, way[-1]).target)
    assert way[-1] is State.RELEASED
    assert rules.move(Act.AGREE, State.DRAFT) is None
    assert rules.move(Act.RELEASE, State.AGREED) is None
    assert [one.act for one in rules.moves_from(State.AGREED)] == [
        Act.CLEAR, Act.RETURN, Act.WITHHOLD,
    ]  # fmt: skip
    assert [one.act for one in rules.moves_from(State.WITHDRAWN)] == []


PUBLIC = rules.ruling(DECISION)
BANNED = rules.ruling(DECISION, found=(Ground.STATE_SECRET,))


@pytest.mark.parametrize(
    ("act", "state", "actor", "reason", "ruled", "codes"),
    [
        (Act.SUBMIT, State.DRAFT, EDITOR, "", PUBLIC, []),
        (Act.AGREE, State.SUBMITTED, OTHER, "", PUBLIC, []),
        (Act.AGREE, State.SUBMITTED, EDITOR, "", PUBLIC, ["disclosure.own_work"]),
        (Act.CLEAR, State.AGREED, EDITOR, "", PUBLIC, ["disclosure.own_work"]),
        (Act.CLEAR, State.AGREED, OTHER, "", BANNED, ["withhold.state_secret"]),
        (Act.RELEASE, State.CLEARED, OTHER, "", BANNED, ["withhold.state_secret"]),
        (Act.RELEASE, State.CLEARED, EDITOR, "", PUBLIC, ["disclosure.own_work"]),
        (Act.RETURN, State.CLEARED, OTHER, " ", PUBLIC, ["disclosure.reason_missing"]),
        (Act.RETURN, State.CLEARED, OTHER, "事实写得太细", PUBLIC, []),
        (Act.WITHHOLD, State.AGREED, OTHER, "涉密", BANNED, []),
        (Act.WITHHOLD, State.AGREED, OTHER, "不想公示", PUBLIC, ["disclosure.no_ground_to_withhold"]),
        (Act.WITHDRAW, State.PUBLISHED, EDITOR, "", PUBLIC, ["disclosure.reason_missing"]),
    ],
)  # fmt: skip
def test_what_forbids_an_act(act, state, actor, reason, ruled, codes):
    found = rules.objections(
        rules.move(act, state), actor=actor, authors=frozenset({EDITOR}), reason=reason, ruled=ruled
    )

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("kinds", "last"),
    [
        ((PenaltyKind.WARNING,), date(2026, 6, 30)),
        ((PenaltyKind.FINE,), date(2027, 3, 31)),
        ((PenaltyKind.FINE, PenaltyKind.REVOKE_LICENCE), date(2029, 3, 31)),
    ],
)
def test_how_long_a_decision_stays(kinds, last):
    assert rules.published_until(kinds, date(2026, 3, 31)) == last


def test_two_people_at_least_wherever_something_is_passed_on():
    passing = [one for one in rules.MOVES if one.act in {Act.AGREE, Act.CLEAR, Act.RELEASE}]

    assert all(one.others_work for one in passing)
    assert len({one.role for one in rules.MOVES}) == 4
