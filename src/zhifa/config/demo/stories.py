"""The demo cases, one in every state (演示案件): how far each one runs.

Each story is a generator: it acts, and yields the instant at which it wants to go on.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from zhifa.config.demo.casework import MORNING, Casework, last_working_day, moment
from zhifa.procedures import actions as a
from zhifa.procedures.values import Outcome, ReviewContent, ReviewOpinion

Story = Iterator[datetime]
Teller = Callable[[Casework], Story]


def to_clue(work: Casework) -> Story:
    """Stop at the registered clue."""
    work.open()
    yield from ()


def to_verified(work: Casework) -> Story:
    """Stop when the clue has been checked."""
    work.open()
    yield work.on_working_day(2)
    work.verify()


def to_filed(work: Casework) -> Story:
    """Stop when the case is filed."""
    yield from to_verified(work)
    yield work.on_working_day(2)
    work.file()


def to_investigating(work: Casework) -> Story:
    """Stop in the middle of the investigation."""
    yield from to_filed(work)
    yield work.on_working_day(1)
    work.investigate()
    work.inspect()
    yield work.on_working_day(2)
    work.interview()
    work.collect()


def preserving(work: Casework) -> Story:
    """Stop with evidence registered for preservation, its seven days running."""
    yield from to_investigating(work)
    yield work.on_working_day(1)
    goods = a.PreservedItem(name="涉案商品（演示）", quantity="12袋")
    data = a.RegisterPreservation(
        party=work.party.id, place=work.matter.place, items=(goods,),
        reason="证据可能灭失，经负责人批准先行登记保存",
    )  # fmt: skip
    work.step("register_preservation", data, by=work.desk.head)


def suspended(work: Casework) -> Story:
    """Stop while the investigation is suspended."""
    yield from to_investigating(work)
    yield work.on_working_day(3)
    work.reasoned("suspend", "当事人住院，暂时无法配合调查（演示）")


def terminated(work: Casework) -> Story:
    """End the investigation: the firm has been wound up."""
    yield from to_investigating(work)
    yield work.on_working_day(3)
    work.reasoned("terminate", "当事人已经注销，没有权利义务承受人（演示）")


def not_filed(work: Casework) -> Story:
    """Stop when filing was refused: the clue turned out to be nothing."""
    work.open()
    yield work.on_working_day(2)
    work.verify(suspected=False)
    yield work.on_working_day(1)
    work.reasoned("refuse_filing", "经核查，没有证据证明存在违法行为")


def not_filed_closed(work: Casework) -> Story:
    """The clue turned out to be nothing; the case is closed."""
    yield from not_filed(work)
    yield work.on_working_day(2)
    work.step(
        "close", a.Close(event="不予立案", summary="不予立案，已告知投诉人。"), by=work.desk.head
    )


def transferred(work: Casework) -> Story:
    """A crime is suspected: the case goes to the police."""
    yield from to_investigating(work)
    yield work.on_working_day(2)
    data = a.HandOver(
        recipient="南通市公安局海门分局",
        reason="货值金额达到追诉标准，涉嫌犯罪",
        suspected_crime=True,
        crime="销售伪劣产品罪",
        copy_to="南通市海门区人民检察院",
    )
    work.step("hand_over", data, by=work.desk.head)


def to_investigated(work: Casework) -> Story:
    """Stop with the report filed."""
    yield from to_investigating(work)
    yield work.on_working_day(3)
    work.answer_gate()
    work.report()


def to_case_reviewed(work: Casework) -> Story:
    """Stop when an ordinary case has been reviewed inside the agency."""
    yield from to_investigated(work)
    yield work.on_working_day(2)
    work.pass_case_review()


def to_noticed(work: Casework) -> Story:
    """Stop when the party has been told (through case review unless the decision is major)."""
    if work.matter.item == "quality":
        yield from to_investigated(work)
    else:
        yield from to_case_reviewed(work)
    yield work.on_working_day(1)
    work.notify()


def to_decided(work: Casework) -> Story:
    """Stop with the decision of an ordinary case made and not served yet."""
    yield from to_noticed(work)
    yield work.on_working_day(2)
    work.defend()
    yield work.day_after("T47", "T04")
    work.decide()


def to_served(work: Casework) -> Story:
    """Stop with the decision served, the fine not paid yet."""
    yield from to_decided(work)
    yield work.on_working_day(1)
    work.serve()


def to_performing(work: Casework) -> Story:
    """Stop with a part of the fine paid."""
    yield from to_served(work)
    yield work.on_working_day(3)
    part = a.RecordPayment(
        party=work.party.id, amount_fen=work.matter.draft.amount_fen // 2,
        receipt_number="YS3206140002", complete=False,
    )  # fmt: skip
    work.step("record_payment", part, by=work.desk.officers[0])


def to_closed(work: Casework) -> Story:
    """Stop with the case closed."""
    yield from to_served(work)
    yield work.on_working_day(5)
    if work.matter.draft.amount_fen:
        work.pay()
    yield work.on_working_day(2)
    work.close()


def to_archived(work: Casework) -> Story:
    """The whole way of an ordinary case."""
    yield from to_closed(work)
    yield work.on_working_day(3)
    work.archive()


def no_penalty(work: Casework) -> Story:
    """A slight offence put right at once: no penalty, served and closed (APL art. 33)."""
    yield from to_case_reviewed(work)
    yield work.on_working_day(1)
    work.decide(Outcome.NO_PENALTY_MINOR)
    yield work.on_working_day(1)
    work.serve()
    yield work.on_working_day(2)
    work.step(
        "close", a.Close(event="不予行政处罚决定送达", summary="已教育当事人。"), by=work.desk.head
    )


def hearing_asked(work: Casework) -> Story:
    """Stop with a hearing asked for and its day fixed, some days ahead."""
    yield from to_noticed(work)
    yield work.on_working_day(2)
    work.request_hearing()
    yield work.on_working_day(1)
    work.prepare_hearing(work.ends_on + timedelta(days=3) if work.ends_on else None)


def in_hearing(work: Casework) -> Story:
    """Stop in a hearing that opened on the last working day and goes on today."""
    yield from to_noticed(work)
    yield work.on_working_day(2)
    work.defend()
    work.request_hearing()
    yield work.on_working_day(1)
    before = last_working_day(work.ends_on - timedelta(days=1)) if work.ends_on else None
    day = work.prepare_hearing(before)
    yield moment(day, MORNING)
    work.open_hearing()


def to_heard(work: Casework) -> Story:
    """Stop with the hearing held and reported."""
    yield from to_noticed(work)
    yield work.on_working_day(2)
    work.defend()
    work.request_hearing()
    yield work.on_working_day(1)
    day = work.prepare_hearing()
    yield moment(day, MORNING)
    work.hold_hearing()


def in_review(work: Casework) -> Story:
    """Stop with the draft before the legal reviewer."""
    yield from to_heard(work)
    yield work.day_after("T47", "T04")
    work.submit_review()


def returned(work: Casework) -> Story:
    """The reviewer wants the papers put right; the case waits to be submitted again."""
    yield from in_review(work)
    yield work.on_working_day(1)
    work.opinion(
        ReviewOpinion.CORRECT,
        "处罚决定没有写明没收物品的处理方式，请补正后再报。",
        ReviewContent.DOCUMENTS,
    )


def to_reviewed(work: Casework) -> Story:
    """Stop with the text passed."""
    yield from returned(work)
    yield work.on_working_day(1)
    work.submit_review()
    yield work.on_working_day(2)
    work.opinion(ReviewOpinion.APPROVE, "事实清楚，程序合法，适用法律正确，裁量适当，同意。")


def to_discussed(work: Casework) -> Story:
    """Stop with the major case discussed by the heads."""
    yield from to_reviewed(work)
    yield work.on_working_day(1)
    work.discuss()


def major_decided(work: Casework) -> Story:
    """Stop with the major decision made."""
    yield from to_discussed(work)
    yield work.on_working_day(1)
    work.decide()


def major_closed(work: Casework) -> Story:
    """The whole way of a major case with hearing and legal review."""
    yield from major_decided(work)
    yield work.on_working_day(1)
    work.serve()
    yield work.on_working_day(6)
    work.pay()
    work.perform()
    yield work.on_working_day(2)
    work.close()
    yield work.on_working_day(2)
    work.archive()
