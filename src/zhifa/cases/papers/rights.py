"""Papers of notice, defence, hearing and discussion (P6 to P8, P10). Pure."""

from datetime import date, timedelta

from zhifa.cases.papers import parts
from zhifa.cases.papers.closing import receipt
from zhifa.cases.papers.inputs import Matter, Paper
from zhifa.documents.values.codes import Endorser
from zhifa.documents.values.parts import Official, Spell, Utterance
from zhifa.documents.values.rights import (
    Claim,
    CollectiveDiscussionRecord,
    HearingNotice,
    HearingRecord,
    HearingReport,
    PenaltyPriorNotice,
    ReexaminationOpinion,
    StatementDefenceRecord,
    Vote,
)
from zhifa.documents.wording import code_words
from zhifa.law.errors import BadValue
from zhifa.procedures import actions as a
from zhifa.procedures import values as v
from zhifa.procedures.facts import Hearing

_SEE_RECORD = "详见听证笔录。"
_CAPACITY = {
    v.PartyKind.PERSON: "当事人",
    v.PartyKind.ORGANISATION: "法定代表人（负责人）",
    v.PartyKind.INDIVIDUAL_BUSINESS: "经营者",
}


def notify(matter: Matter) -> tuple[Paper, ...]:
    """行政处罚(听证)事先告知书 to one party, and its 送达回证 (APL art. 44, 61, 63)."""
    data: a.ServeParty = matter.data
    draft = parts.draft_of(matter)
    told = matter.facts.notice(data.party)
    asked = told is not None and told.hearing_right
    values = PenaltyPriorNotice(
        case=parts.case_ref(matter),
        parties=(parts.party(parts.party_of(matter)),),
        filed_on=parts.day(matter.facts.filed_on),
        facts=draft.facts_found,
        evidence=parts.evidence(draft),
        violated=parts.provisions(draft.violated),
        basis=parts.provisions(draft.basis),
        discretion=parts.discretion(draft),
        proposed=parts.penalties(draft.of(data.party)),
        statement_days=parts.length(matter, "T47", matter.on),
        hearing_days=parts.length(matter, "T04", matter.on) if asked else None,
        silence_waives=matter.context.policy.field == "samr",  # SAMR art. 57
        contact=parts.contact(matter),
        orders=parts.orders(draft),
    )
    notice = Paper(
        type_key="penalty_prior_notice",
        values=values,
        party=data.party,
        draft_sha256=matter.facts.draft_sha256,
    )
    title = "行政处罚听证事先告知书" if asked else "行政处罚事先告知书"
    return (notice, receipt(matter, title, follows="penalty_prior_notice"))


def record_defence(matter: Matter) -> tuple[Paper, ...]:
    """陈述申辩笔录 and 复核意见 (APL art. 45)."""
    data: a.RecordDefence = matter.data
    notice = matter.last("penalty_prior_notice", party=data.party)
    told = matter.facts.notice(data.party)
    accepted = (
        "采纳当事人的陈述、申辩意见。" if data.accepted else "对当事人的陈述、申辩意见不予采纳。"
    )
    opinion = ReexaminationOpinion(
        case=parts.case_ref(matter),
        parties=(parts.party(parts.party_of(matter)),),
        notice_number=notice.number if notice else "",
        notice_served_on=parts.day(told.served_on if told else None),
        claims=(Claim(data.text, data.reexamination, data.accepted),),
        conclusion=f"{accepted}未因当事人陈述、申辩给予更重的处罚。",
        endorsements=parts.to_sign(Endorser.CASE_HANDLER, Endorser.HANDLING_UNIT_HEAD),
    )
    record = _statement(
        matter, data.text, speaker=data.speaker, capacity=data.capacity, place=data.place,
        spell=parts.spell(matter.on, data.began_at, data.ended_at),
    )  # fmt: skip
    return (
        Paper(type_key="statement_defence_record", values=record, party=data.party),
        Paper(type_key="reexamination_opinion", values=opinion, party=data.party),
    )


def waive_defence(matter: Matter) -> tuple[Paper, ...]:
    """陈述申辩笔录 of an express waiver (APL art. 62)."""
    data: a.WaiveDefence = matter.data
    record = _statement(matter, data.statement, spell=parts.spell(matter.on, "", ""))
    return (Paper(type_key="statement_defence_record", values=record, party=data.party),)


def _statement(
    matter: Matter,
    words: str,
    *,
    spell: Spell,
    speaker: str = "",
    capacity: str = "",
    place: str = "",
) -> StatementDefenceRecord:
    whose = parts.party_of(matter)
    person = whose.kind is v.PartyKind.PERSON
    known = not speaker or speaker == whose.name
    return StatementDefenceRecord(
        case=parts.case_ref(matter),
        parties=(parts.party(whose),),
        speaker=speaker or whose.representative or whose.name,
        capacity=capacity or (_CAPACITY[whose.kind] if known else "代理人"),
        spell=spell,
        place=place or matter.body.name,
        officers=parts.handlers(matter),
        recorder=matter.person(matter.actor).name,
        statement=words,
        speaker_id_number=whose.identifier if person and known else "",
        speaker_phone=whose.phone if known else "",
    )


def notify_hearing(matter: Matter) -> tuple[Paper, ...]:
    """听证通知书 to one party, and its 送达回证 (APL art. 64, SAMR_HEARING art. 20)."""
    data: a.ServeParty = matter.data
    hearing = _hearing(matter)
    on = parts.day(hearing.hearing_on)
    values = HearingNotice(
        case=parts.case_ref(matter),
        parties=(parts.party(parts.party_of(matter)),),
        requested_on=hearing.requested_on,
        hearing_on=on,
        begins_at=parts.clock_time(hearing.begins_at),
        place=hearing.place,
        host=parts.official(matter.person(hearing.host)),
        clerk=parts.official(matter.person(hearing.clerk)),
        recusal_until_on=_day_before(matter, on),
        contact=parts.contact(matter),
        closed_reason=_closed(hearing),
    )
    notice = Paper(type_key="hearing_notice", values=values, party=data.party)
    return (notice, receipt(matter, "行政处罚听证通知书", follows="hearing_notice"))


def close_hearing(matter: Matter) -> tuple[Paper, ...]:
    """听证笔录 (APL art. 64 item 8)."""
    data: a.CloseHearing = matter.data
    hearing = _hearing(matter)
    on = hearing.opened_on or matter.on
    values = HearingRecord(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        spell=parts.spell(on, data.began_at, data.ended_at),
        place=hearing.place,
        host=parts.official(matter.person(hearing.host)),
        clerk=parts.official(matter.person(hearing.clerk)),
        handlers=parts.handlers(matter),
        attendees=parts.officials(hearing.present),
        statements=parts.utterances(data.record),
        closed_reason=_closed(hearing),
    )
    return (Paper(type_key="hearing_record", values=values),)


def report_hearing(matter: Matter) -> tuple[Paper, ...]:
    """听证报告 (SAMR_HEARING art. 29)."""
    data: a.ReportHearing = matter.data
    hearing = _hearing(matter)
    draft = parts.draft_of(matter)
    record = matter.last("hearing_record")
    on = hearing.opened_on or hearing.closed_on or matter.on
    values = HearingReport(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        spell=record.values.spell if record else parts.spell(on, "", ""),
        place=hearing.place,
        host=parts.official(matter.person(hearing.host)),
        clerk=parts.official(matter.person(hearing.clerk)),
        attendees=parts.officials(hearing.present),
        facts=draft.facts_found,
        investigators_view=data.investigators_view or _SEE_RECORD,
        party_view=data.party_view or _SEE_RECORD,
        evidence=parts.evidence(draft),
        findings=data.report,
        proposal=data.advice,
        on=matter.on,
    )
    return (
        Paper(type_key="hearing_report", values=values, draft_sha256=matter.facts.draft_sha256),
    )


def discuss(matter: Matter) -> tuple[Paper, ...]:
    """集体讨论笔录 (APL art. 57(2)): who was there, what each said, the vote, the result."""
    data: a.Discuss = matter.data
    votes = tuple(Vote(one.person, one.post, one.opinion, one.agrees) for one in data.votes)
    chair = next((Official(one.name, one.post) for one in votes if one.name == data.chair), None)
    first = Official(votes[0].name, votes[0].post) if votes else Official("", "")
    handlers = [matter.person(one) for one in matter.facts.handlers]
    values = CollectiveDiscussionRecord(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        spell=parts.spell(matter.on, data.began_at, data.ended_at),
        place=data.place or matter.body.name,
        chair=chair or (Official(data.chair, "") if data.chair else first),
        recorder=parts.official(matter.person(matter.actor)),
        in_attendance=tuple(Official(one.name, "办案人员") for one in handlers),
        absent=tuple(Utterance(one.name, one.post) for one in parts.officials(data.absent)),
        presentation=f"{parts.known_facts(matter)}\n建议：{parts.proposal(parts.draft_of(matter), matter.facts.parties)}",
        review_result=_review(matter),
        votes=votes,
        conclusion=data.conclusion,
    )
    return (
        Paper(
            type_key="collective_discussion_record",
            values=values,
            draft_sha256=matter.facts.draft_sha256,
        ),
    )


def _review(matter: Matter) -> str:
    """What the reviews have said of the proposal."""
    passed = matter.facts.review_pass
    if passed is not None:
        words = code_words(passed.opinion)
        return f"本案经法制审核，审核意见：{words}。"
    if matter.facts.case_review_sha256 == matter.facts.draft_sha256:
        return "本案经案件审核，审核意见：同意。"
    return "本案依法无需法制审核。"


def _hearing(matter: Matter) -> Hearing:
    if matter.facts.hearing is None:
        raise BadValue("hearing.missing")
    return matter.facts.hearing


def _closed(hearing: Hearing) -> str:
    """Why a hearing is not public: state or business secrets, privacy (APL art. 64 item 3)."""
    if hearing.public:
        return ""
    return hearing.closed_reason or "涉及国家秘密、商业秘密或者个人隐私依法予以保密"


def _day_before(matter: Matter, on: date) -> date:
    """The last working day before the hearing, on which a recusal can still be asked for."""
    return matter.context.calendar.last_working_day(on - timedelta(days=1))
