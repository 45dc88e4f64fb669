"""The case's values as documents put them (文书要素): parties, officers, law, penalties. Pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from zhifa.cases.papers.inputs import Matter, PersonParticulars
from zhifa.clock import BEIJING
from zhifa.documents.values import codes
from zhifa.documents.values.parts import (
    CaseRef,
    Contact,
    Endorsement,
    EvidenceLine,
    Guardian,
    Officer,
    Official,
    Party,
    PenaltyItem,
    Provision,
    Spell,
    Utterance,
)
from zhifa.documents.wording import code_words, date_words, penalty_words
from zhifa.law.errors import BadValue
from zhifa.procedures import values as v

_MIDNIGHT = time()


def case_ref(matter: Matter) -> CaseRef:
    """Return number and cause of the case (案号、案由)."""
    return CaseRef(matter.case_number, matter.facts.title)


def party(one: v.Party) -> Party:
    """Return a party; an identifier is an identity number or a social credit code by its kind."""
    person = one.kind is v.PartyKind.PERSON
    return Party(
        one.kind,
        one.name,
        address=one.address,
        phone=one.phone,
        id_number=one.identifier if person else "",
        credit_code="" if person else one.identifier,
        representative="" if person else one.representative,
        born_on=one.born_on if person else None,
        guardian=Guardian(one.guardian) if person and one.guardian else None,
    )


def parties(matter: Matter) -> tuple[Party, ...]:
    """Return every party of the case."""
    return tuple(map(party, matter.facts.parties))


def party_of(matter: Matter) -> v.Party:
    """Return the party the step concerns. Raises BadValue (party.unknown)."""
    found = matter.facts.party(matter.data.party)
    if found is None:
        raise BadValue("party.unknown")
    return found


def handlers(matter: Matter) -> tuple[Officer, ...]:
    """Return the officers of the case with their certificates (执法人员)."""
    people = map(matter.person, matter.facts.handlers)
    return tuple(Officer(one.name, one.certificate_number) for one in people)


def official(person: PersonParticulars) -> Official:
    """Return a person by post."""
    return Official(person.name, person.post)


def contact(matter: Matter) -> Contact:
    """Return whom the party may turn to: the first handler at the body's address."""
    first = matter.person(next(iter(matter.facts.handlers), None))
    body = matter.body
    return Contact(first.name or body.name, body.phone, body.address, body.postcode)


def provisions(given: tuple[v.Provision, ...]) -> tuple[Provision, ...]:
    """Return articles as documents cite them."""
    return tuple(Provision(p.act, p.article, p.paragraph, p.item, text=p.text) for p in given)


def evidence(draft: v.DecisionDraft) -> tuple[EvidenceLine, ...]:
    """Return the evidence of the draft, line by line."""
    return tuple(EvidenceLine(e.name, e.source, e.pages, e.proves) for e in draft.evidence)


def penalties(draft: v.DecisionDraft, parties: Iterable[v.Party] = ()) -> tuple[PenaltyItem, ...]:
    """Return the penalties of the draft. Raises BadValue (penalty.…) for what no decision can say.

    parties  of the case, where it has to be said whom a penalty is for
    """
    names = {one.id: one.name for one in parties}
    return tuple(
        PenaltyItem(
            item.kind,
            item.amount_fen if item.kind in v.PAID_KINDS else None,
            item.detail,
            names.get(item.party, "") if item.party else "",
        )
        for item in draft.penalties
    )


def discretion(draft: v.DecisionDraft) -> str:
    """Return why it is a breach and why so much: the draft's words, a paragraph each (SAMR art. 62)."""
    grade = f"裁量档次：{draft.discretion_grade}。" if draft.discretion_grade else ""
    words = (draft.reasons, grade + draft.discretion_reasons)
    return "\n".join(one for one in words if one)


def orders(draft: v.DecisionDraft) -> tuple[str, ...]:
    """Return what the party is ordered to put right (责令改正): APL art. 28."""
    return (draft.order_correction,) if draft.order_correction else ()


def ground(draft: v.DecisionDraft) -> codes.NoPenaltyGround:
    """Return why there is no penalty; the draft must propose none."""
    return codes.NoPenaltyGround(draft.outcome.value)


def proposal(draft: v.DecisionDraft, parties: Iterable[v.Party] = ()) -> str:
    """Return in words what is proposed, and for whom."""
    if draft.outcome is not v.Outcome.PENALTY:
        return f"{code_words(ground(draft))}，不予行政处罚。"
    return "；".join(map(penalty_words, penalties(draft, parties))) + "。"


def draft_of(matter: Matter) -> v.DecisionDraft:
    """Return the proposal the case carries. Raises BadValue (draft.missing)."""
    if matter.facts.draft is None:
        raise BadValue("draft.missing")
    return matter.facts.draft


def known_facts(matter: Matter) -> str:
    """Return what is known of the act: the draft's words, before it what the check found."""
    if matter.facts.draft is not None:
        return matter.facts.draft.facts_found
    return matter.facts.verification or matter.facts.title


def source(matter: Matter) -> v.CaseSource:
    """Return where the case comes from."""
    return matter.facts.source or v.CaseSource.OTHER


def day(on: date | None) -> date:
    """Return a day the law cannot do without here. Raises BadValue (day.missing)."""
    if on is None:
        raise BadValue("day.missing")
    return on


def clock_time(words: str) -> time | None:
    """Return 10:20 as a time of day, None for nothing. Raises BadValue (time.format)."""
    if not words.strip():
        return None
    try:
        return time.fromisoformat(words.strip())
    except ValueError:
        raise BadValue("time.format", words) from None


def spell(on: date, began: str, ended: str) -> Spell:
    """Return a spell of that day; without both hours, the day alone.

    Raises BadValue: time.format, spell.ends_before_it_begins.
    """
    start, end = clock_time(began), clock_time(ended)
    if start is None or end is None:
        whole = datetime.combine(on, _MIDNIGHT, BEIJING)
        return Spell(whole, whole, timed=False)
    return Spell(datetime.combine(on, start, BEIJING), datetime.combine(on, end, BEIJING))


def signed(
    endorser: codes.Endorser, opinion: str, person: PersonParticulars, on: date
) -> Endorsement:
    """Return a box that was filled by an act of that person."""
    return Endorsement(endorser, opinion, person.name, on)


def to_sign(*endorsers: codes.Endorser) -> tuple[Endorsement, ...]:
    """Return empty boxes."""
    return tuple(map(Endorsement, endorsers))


def officials(words: str) -> tuple[Official, ...]:
    """Return people named in one line, 王某（经营者）、李某（代理人）, each with what stands in brackets."""
    found = []
    for one in re.split(r"[、；;\n]|，(?![^（(]*[）)])", words):
        match = re.fullmatch(r"\s*([^（(]+?)\s*(?:[（(](.*)[）)])?\s*", one)
        if match:
            found.append(Official(match[1], match[2] or ""))
    return tuple(found)


def utterances(record: str) -> tuple[Utterance, ...]:
    """Return the turns of a record, a line each: 主持人：……; lines without a speaker go on."""
    turns: list[Utterance] = []
    for line in filter(None, map(str.strip, record.splitlines())):
        speaker, mark, said = line.partition("：")
        if mark and len(speaker) <= 12:
            turns.append(Utterance(speaker, said))
        elif turns:
            turns[-1] = Utterance(turns[-1].speaker, f"{turns[-1].text}\n{line}")
        else:
            turns.append(Utterance("记录", line))
    return tuple(turns)


def length(matter: Matter, key: str, on: date) -> int:
    """Return how long a term of the catalogue is for this body on that day, in the term's unit."""
    policy = matter.context.policy
    return matter.context.catalogue[key].rule(on, field=policy.field).length.count


def on_words(on: date | None) -> str:
    """Return a day in words, or a blank for one that is not known."""
    return date_words(on) if on else ""
