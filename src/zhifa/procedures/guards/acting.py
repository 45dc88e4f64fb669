"""Who may act, when, and under what name (执法主体、人员与时间)."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from zhifa.law.citations import APL, CIVIL_CODE, SAMR
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Judged

Found = Iterator[Violation]

# Rules about who acts: whoever they stand against may still see that the case is ready for another.
PERSONAL = frozenset(
    {
        "role.missing", "handler.not_assigned", "approval.own_work", "actor.recused",
        "reviewer.is_handler", "reviewer.not_qualified", "hearing.another_host",
        "decision.by_reviewer", "correction.self_approved",
    }
)  # fmt: skip


# --- every step ----------------------------------------------------------------------------


def right_person(judged: Judged) -> Found:
    """The actor holds a role the table names, in his own case, and approves nothing of his own.

    A handler acts in the cases assigned to him: APL art. 42, 54. Whoever drafted, handled or sent
    a case for review approves nothing in it: APL art. 57(1), 58.
    """
    step, facts, actor = judged.step, judged.facts, judged.circumstances.actor
    acting = [role for role in step.roles if role in judged.circumstances.roles]
    if not acting:
        yield Violation("role.missing", step.basis, ",".join(step.roles))
    elif acting == ["case_handler"] and step.own_case and actor not in facts.handlers:
        yield Violation("handler.not_assigned", APL.art(54))
    if step.approval and actor in facts.ever_handled_by.union(facts.authors):
        yield Violation("approval.own_work", APL.art(57, 1))
    if actor in facts.recused:
        yield Violation("actor.recused", APL.art(43))


def right_day(judged: Judged, today: date | None) -> Found:
    """The step is not dated in the future, nor before the one it follows: APL art. 47."""
    if today is not None and judged.on > today:
        yield Violation("step.in_future", APL.art(47), today.isoformat())
    before = judged.step.follows(judged.facts, judged.data)
    if before is not None and judged.on < before:
        yield Violation("step.before_previous", APL.art(47), before.isoformat())


def able_officers(judged: Judged) -> Found:
    """As many officers as the table asks, each with a certificate that holds that day: APL art. 42."""
    assigned = handlers(judged)
    if not judged.step.officers or assigned is None:
        return
    known = {officer.id: officer for officer in judged.circumstances.officers}
    able = 0
    for one in assigned:
        officer = known.get(one)
        if officer is not None and officer.may_enforce(judged.on):
            able += 1
        else:
            name = officer.name if officer else ""
            yield Violation("officer.certificate_invalid", APL.art(42), name)
        if one in judged.facts.recused:
            yield Violation("officer.recused", APL.art(43), officer.name if officer else "")
    if able < judged.step.officers:
        code = "officers.none" if judged.step.officers == 1 else "officers.too_few"
        yield Violation(code, APL.art(42))


def handlers(judged: Judged) -> frozenset[UUID] | None:
    """Return who handles the case, or is about to; None while that is not chosen yet."""
    if judged.step.data in (a.File, a.Reassign):
        return None if judged.data is None else frozenset(judged.data.handlers)
    return frozenset(judged.facts.handlers)


# --- single steps --------------------------------------------------------------------------


def body_may_act(judged: Judged) -> Found:
    """The body has capacity and the power item is in force: APL art. 17, 38."""
    if not judged.circumstances.body_has_capacity:
        yield Violation("body.without_capacity", APL.art(38))
    if not judged.circumstances.power_item_valid:
        yield Violation("power_item.not_in_force", APL.art(38))


def certificate_shown(judged: Judged) -> Found:
    """The certificate is shown first, else the person may refuse: APL art. 55."""
    if isinstance(judged.data, a.InspectOnSite | a.Interview) and not judged.data.certificate_shown:
        yield Violation("certificate.not_shown", APL.art(55))


def rights_told(judged: Judged) -> Found:
    """Rights are told at the first contact: SAMR art. 21 to 24; APL art. 44."""
    if (
        isinstance(judged.data, a.InspectOnSite | a.Interview)
        and not judged.data.rights_told
        and not judged.facts.rights_told
    ):
        yield Violation("rights.not_told", APL.art(44))


def reviewer_is_no_handler(judged: Judged) -> Found:
    """Who reviews a case has not handled it: SAMR art. 49."""
    if judged.circumstances.actor in judged.facts.ever_handled_by:
        yield Violation("reviewer.is_handler", SAMR.art(49))


def taker_did_not_judge(judged: Judged) -> Found:
    """Who reviewed the case or hears the party does not handle it: SAMR art. 49; APL art. 58, 64 item 4."""
    if isinstance(judged.data, a.Reassign):
        yield from judges_own_case(judged.facts, judged.data.handlers)


def judges_own_case(facts: Facts, handling: Iterable[UUID]) -> Found:
    """Yield where one of these has judged the case: as its reviewer, or as host or clerk of its hearing."""
    those = set(handling)
    if those & facts.reviewed_by:
        yield Violation("handler.is_reviewer", SAMR.art(49))
    if facts.hearing is not None and those & {facts.hearing.host, facts.hearing.clerk}:
        yield Violation("handler.is_host", APL.art(64, item=4))


def reviewer_qualified(judged: Judged) -> Found:
    """First-time reviewers of penalties hold the national legal qualification: APL art. 58(2)."""
    if not judged.circumstances.reviewer_qualified:
        yield Violation("reviewer.not_qualified", APL.art(58, 2))


def party_of_the_case(judged: Judged) -> Found:
    """The step names a party of this case: APL art. 40."""
    if judged.data is not None and judged.facts.party(judged.data.party) is None:
        yield Violation("party.not_of_this_case", APL.art(40))


def guardian_known(judged: Judged) -> Found:
    """Papers for a minor go to the guardian, who must be known: Civil Code art. 23, 27."""
    party = judged.facts.party(judged.data.party) if judged.data is not None else None
    if party is not None and party.is_minor(judged.on) and not party.guardian.strip():
        yield Violation("party.guardian_unknown", CIVIL_CODE.art(23), party.name)


def reason_given(judged: Judged) -> Found:
    """Approving, ending, returning, changing and reassigning have a recorded reason: APL art. 47."""
    if judged.data is not None and not judged.data.reason.strip():
        yield Violation("reason.missing", APL.art(47))


def asked_by_another(judged: Judged) -> Found:
    """A correction that waits is answered by who did not ask for it: APL art. 47, 57(1)."""
    asked = judged.facts.corrections_asked
    if judged.data is not None:
        asked = tuple(one for one in asked if one.sequence == judged.data.asked)
    if not asked:
        yield Violation("correction.none_asked", judged.step.basis)
    elif all(one.by == judged.circumstances.actor for one in asked):
        yield Violation("correction.self_approved", judged.step.basis)


def no_correction_waits(judged: Judged) -> Found:
    """Nothing is put into the archive that somebody says is wrong: APL art. 47."""
    for one in judged.facts.corrections_asked:
        yield Violation("correction.waits", APL.art(47), str(one.corrects))
