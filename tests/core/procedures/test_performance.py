"""The additional fine (加处罚款): APL art. 72, 73."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.procedures import walk as w

from zhifa.procedures import actions as a
from zhifa.procedures.performance import additional_fine, additional_fines
from zhifa.procedures.values import LinkKind, Party, PenaltyItem, PenaltyKind

FINE = 500_000
A_DAY = 15_000


def served() -> w.Walk:
    return w.all_served(w.small_decided())


def due_on(walk: w.Walk) -> date:
    term = walk.facts.term("T06", str(w.COMPANY.id))
    assert term
    assert term.due_on
    return term.due_on


def remedy(*, concluded: bool = False, annulled: bool = False) -> a.Remedy:
    return a.Remedy(
        party=w.COMPANY.id,
        authority="海门区人民政府",
        note="",
        concluded=concluded,
        annulled=annulled,
    )


def late(walk: w.Walk, days: int) -> tuple[int, int] | None:
    """Return the days and the sum so many days after the last day for payment."""
    found = additional_fine(walk.facts, due_on(walk) + timedelta(days=days), w.COMPANY.id)
    return (found.days, found.fen) if found else None


def test_three_per_cent_a_day_from_the_day_after_the_last_up_to_the_fine() -> None:
    walk = served()
    assert late(walk, 0) is None
    assert late(walk, 1) == (1, A_DAY)
    assert late(walk, 10) == (10, 10 * A_DAY)
    assert late(walk, 33) == (33, 33 * A_DAY)
    assert late(walk, 34) == late(walk, 400) == (34, FINE)
    found = additional_fine(walk.facts, due_on(walk) + timedelta(days=34), w.COMPANY.id)
    assert found
    assert found.most_fen == FINE
    assert not found.grows
    assert found.since == due_on(walk) + timedelta(days=1)


def test_days_of_reconsideration_and_suit_do_not_count() -> None:
    walk = served()
    last = due_on(walk)
    walk.take("record_reconsideration", remedy(), "case_handler", on=last + timedelta(days=5))
    assert late(walk, 30) == (4, 4 * A_DAY)
    walk.take("record_reconsideration", remedy(concluded=True), "case_handler",
              on=last + timedelta(days=40))  # fmt: skip
    assert late(walk, 40) == (4, 4 * A_DAY)
    assert late(walk, 43) == (7, 7 * A_DAY)
    walk.take("record_suit", remedy(), "case_handler", on=last + timedelta(days=44))
    found = additional_fine(walk.facts, last + timedelta(days=60), w.COMPANY.id)
    assert found
    assert (found.days, found.paused_days, found.grows) == (7, 53, False)


def test_only_a_remedy_that_was_recorded_ends() -> None:
    walk = served()
    over = remedy(concluded=True)
    for action in ("record_reconsideration", "record_suit"):
        assert walk.refused(action, over, "case_handler") == {"remedy.none_running"}
    walk.take("record_suit", remedy(), "case_handler")
    assert walk.refused("record_reconsideration", over, "case_handler") == {"remedy.none_running"}
    assert walk.refused("record_suit", over, "case_handler") == set()


def test_what_is_paid_in_time_is_not_added_to_and_what_is_paid_late_stops_it() -> None:
    walk = served()
    last = due_on(walk)
    walk.take("record_payment", w.pay(300_000, complete=False), "case_handler", on=last)
    assert late(walk, 10) == (10, 10 * 6_000)
    walk.take("record_payment", w.pay(100_000, complete=False), "case_handler",
              on=last + timedelta(days=10))  # fmt: skip
    assert late(walk, 20) == (20, 10 * 6_000 + 10 * 3_000)
    walk.take("record_payment", w.pay(100_000), "case_handler", on=last + timedelta(days=20))
    assert late(walk, 300) == (20, 90_000)


def test_nothing_is_added_to_what_was_paid_deferred_changed_or_is_no_fine() -> None:
    paid = served()
    paid.take("record_payment", w.pay(), "case_handler")
    assert additional_fine(paid.facts, paid.day + timedelta(days=100), w.COMPANY.id) is None
    deferred = served()
    until = due_on(deferred) + timedelta(days=60)
    data = a.Instalment(party=w.COMPANY.id, until=until, reason="困难")
    deferred.take("grant_instalments", data, "agency_head")
    assert additional_fine(deferred.facts, until, w.COMPANY.id) is None
    changed = served()
    changed.take("record_decision_change", remedy(annulled=True), "case_handler")
    assert additional_fine(changed.facts, changed.day + timedelta(days=100), w.COMPANY.id) is None
    assert additional_fine(w.reported().facts, date(2027, 1, 1), w.COMPANY.id) is None


def test_an_additional_fine_is_taken_in_only_where_one_is_due() -> None:
    walk = served()
    more = a.RecordPayment(
        party=w.COMPANY.id, amount_fen=FINE, receipt_number="1", complete=True, additional_fen=A_DAY
    )
    assert walk.refused("record_payment", more, "case_handler") == {"payment.nothing_added"}
    day = due_on(walk) + timedelta(days=1)
    walk.take("record_payment", more, "case_handler", on=day)
    found = additional_fine(walk.facts, day + timedelta(days=9), w.COMPANY.id)
    assert found
    assert (found.fen, found.paid_fen, found.grows) == (A_DAY, A_DAY, False)
    assert walk.replayed() == walk.facts


def test_nothing_is_taken_in_beyond_what_is_owed() -> None:
    walk = served()

    def pays(fen: int, added: int = 0, *, complete: bool = False) -> set[str]:
        data = a.RecordPayment(
            party=w.COMPANY.id, amount_fen=fen, receipt_number="1", complete=complete,
            additional_fen=added,
        )  # fmt: skip
        return walk.refused("record_payment", data, "case_handler")

    assert pays(FINE + 1) == {"payment.too_much"}
    assert pays(-1) == pays(0) == {"payment.no_amount"}
    walk.take("record_payment", w.pay(), "case_handler", on=due_on(walk) + timedelta(days=2))
    assert pays(0, FINE + 1, complete=True) == {"payment.too_much_added"}
    assert pays(1, A_DAY) == {"payment.too_much"}
    late_fine = a.RecordPayment(
        party=w.COMPANY.id,
        amount_fen=0,
        receipt_number="2",
        complete=True,
        additional_fen=2 * A_DAY,
    )
    walk.take("record_payment", late_fine, "case_handler")
    assert pays(0, 1, complete=True) == {"payment.nothing_due"}


@given(days=st.integers(1, 200), more=st.integers(0, 200))
def test_it_never_falls_and_never_passes_the_fine(days: int, more: int) -> None:
    walk = _SERVED
    earlier, later = late(walk, days), late(walk, days + more)
    assert earlier
    assert later
    assert earlier[1] <= later[1] <= FINE


_SERVED = served()


@pytest.mark.parametrize("yes", [True, False])
def test_a_link_to_another_case_is_kept(yes: bool) -> None:
    walk = w.investigating() if yes else served()
    data = a.LinkCase(
        kind=LinkKind.COERCIVE_MEASURE,
        reference="海市监强〔2026〕1号",
        authority="海门区市场监督管理局",
    )
    walk.take("link_case", data, "case_handler")
    (link,) = walk.facts.linked
    assert (link.kind, link.reference, link.on) == (data.kind, data.reference, walk.day)
    assert walk.replayed() == walk.facts


def test_each_of_several_parties_pays_his_own() -> None:
    def fine(fen: int, party: Party) -> PenaltyItem:
        return PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fen, party=party.id)

    own = (fine(60_000, w.COMPANY), fine(10_000, w.SHOPKEEPER))
    walk = w.noticed(w.draft(penalties=own), None, w.COMPANY, w.SHOPKEEPER)
    walk.day += timedelta(days=20)
    walk = w.all_served(w.decided(walk))
    small, large = w.SHOPKEEPER.id, w.COMPANY.id

    def paid(party: UUID, fen: int) -> a.RecordPayment:
        return a.RecordPayment(party=party, amount_fen=fen, receipt_number="1", complete=True)

    assert walk.refused("record_payment", paid(small, 60_000), "case_handler") == {
        "payment.too_much"
    }
    assert walk.refused("record_payment", paid(large, 10_000), "case_handler") == {
        "payment.incomplete"
    }
    walk.take("record_payment", paid(small, 10_000), "case_handler", after=1)
    due = {party: walk.facts.term("T06", str(party)) for party in (small, large)}
    assert [due[party].ended_on is None for party in (small, large)] == [False, True]  # type: ignore[union-attr]
    assert (walk.facts.paid, walk.facts.closing_event_on) == (False, None)
    late = due[large].due_on + timedelta(days=2)  # type: ignore[union-attr,operator]
    added = additional_fines(walk.facts, late)
    assert [(party, one.fen) for party, one in added.items()] == [(large, 3_600)]
    walk.take("record_payment", paid(large, 60_000), "case_handler", after=1)
    assert walk.facts.paid
    assert walk.facts.closing_event_on == walk.day


def test_who_has_paid_all_has_paid_whatever_was_ticked() -> None:
    walk = served()
    exact = a.RecordPayment(party=w.COMPANY.id, amount_fen=FINE, receipt_number="1", complete=False)
    walk.take("record_payment", exact, "case_handler", after=1)
    assert walk.facts.paid
    assert walk.facts.closing_event_on == walk.day


def two_apart(*more: PenaltyItem) -> w.Walk:
    """Return a case of two parties decided apart, of whom only the first was served."""
    own = tuple(
        PenaltyItem(kind=PenaltyKind.FINE, amount_fen=100_000, party=one.id)
        for one in (w.COMPANY, w.SHOPKEEPER)
    )
    walk = w.noticed(w.draft(penalties=(*own, *more)), None, w.COMPANY, w.SHOPKEEPER)
    walk.day += timedelta(days=20)
    return w.decided(walk).take("serve", w.served(), "case_handler", after=1)


def paid_up(party: Party) -> a.RecordPayment:
    return a.RecordPayment(party=party.id, amount_fen=100_000, receipt_number="1", complete=True)


def test_who_pays_in_time_is_not_late_because_another_is_not_served_yet() -> None:
    walk = two_apart()
    first = walk.day
    assert walk.refused("record_payment", paid_up(w.SHOPKEEPER), "case_handler") == {
        "service.not_yet"
    }
    walk.take("record_payment", paid_up(w.COMPANY), "case_handler", after=2)
    assert walk.facts.state == "decided"
    walk.take("serve", w.served(w.SHOPKEEPER), "case_handler", after=23)
    assert walk.facts.state == "served"
    assert w.COMPANY.id not in additional_fines(walk.facts, walk.day + timedelta(days=9))
    # and what is learnt only now has its own day
    late = two_apart().take("serve", w.served(w.SHOPKEEPER), "case_handler", after=25)
    late.take("record_payment", paid_up(w.COMPANY), "case_handler", on=first + timedelta(days=2))
    assert w.COMPANY.id not in additional_fines(late.facts, late.facts.last_on or first)


def test_each_of_several_parties_does_what_is_his_to_do() -> None:
    goods = tuple(
        PenaltyItem(kind=PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY, detail="货物", party=one.id)
        for one in (w.COMPANY, w.SHOPKEEPER)
    )
    walk = two_apart(*goods).take("serve", w.served(w.SHOPKEEPER), "case_handler", after=1)
    for one in (w.COMPANY, w.SHOPKEEPER):
        walk.take("record_payment", paid_up(one), "case_handler", after=1)
    done = a.Perform(party=w.COMPANY.id, what="货物", complete=True)
    walk.take("perform", done, "case_handler")
    assert (walk.facts.performed, walk.facts.closing_event_on) == (False, None)
    walk.take("perform", replace(done, party=w.SHOPKEEPER.id), "case_handler")
    assert walk.facts.performed
    assert walk.facts.closing_event_on == walk.day
