"""What the platform knows when a form is opened (已知信息), read from case, record and registry."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from zhifa.cases.known import Known, KnownItem, KnownPerson, KnownTerm
from zhifa.cases.selectors import CaseView, TimelineEntry
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import MadeDocument
from zhifa.documents.values import TYPES
from zhifa.evidence import selectors as evidence
from zhifa.evidence.selectors import Item
from zhifa.law import reasons_zh
from zhifa.law.errors import NotFound
from zhifa.law.legal_time import due
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Context, Facts
from zhifa.procedures.values import EvidenceRef, Provision
from zhifa.registry import selectors as registry
from zhifa.registry.rules import LegalBasis, Role
from zhifa.registry.selectors import Standing

_OFFICERS = (a.File, a.Reassign, a.DecideRecusal)
_DRAFTS = (a.File, a.Report, a.ReviseDraft)
# Records that prove something by themselves, and what they prove: APL art. 46.
_RECORDS = {"onsite_inspection_record": "现场检查情况", "interview_record": "被询问人的陈述"}


def known(
    found: CaseView,
    *,
    data: type[Any],
    on: date,
    standing: Callable[[], Standing],
    record: Callable[[], Sequence[TimelineEntry]],
) -> Known:
    """Return what is known for the form that says `data`; up to ten queries, by what it needs.

    standing, record  asked for only where the form needs them
    """
    facts = found.facts
    violated, basis = _articles(facts.power_item) if data in _DRAFTS else ((), ())
    hearing = earliest_hearing(standing().context, on) if data is a.FixHearingDay else None
    return Known(
        today=on,
        facts=facts,
        said=lambda: last_said(record()),
        officers=_officers(found, on) if data in _OFFICERS else (),
        hosts=_holders(found, Role.HEARING_HOST, on) if data is a.AppointHost else (),
        clerks=_holders(found, Role.HEARING_CLERK, on) if data is a.AppointHost else (),
        heads=_holders(found, Role.AGENCY_HEAD, on) if data is a.Discuss else (),
        evidence=evidence_refs(found.id, record()) if data in _DRAFTS else (),
        preservations=_open(record(), facts.preservations, "register_preservation", "登记保存")
        if data is a.DisposePreservation
        else (),
        testings=_open(record(), facts.testings, "send_for_testing", "送检")
        if data is a.ReceiveResult
        else (),
        terms=_extendable(facts, standing().context) if data is a.ExtendTerm else (),
        violated=violated,
        basis=basis,
        earliest_hearing=hearing,
        template_versions={
            key: TYPES[key].template_version for key in ("penalty_decision", "no_penalty_decision")
        },
    )


def last_said(record: Iterable[TimelineEntry]) -> dict[str, Mapping[str, Any]]:
    """Return the data of the last step of each action, corrections put in their place."""
    by_sequence: dict[int, tuple[str, Mapping[str, Any]]] = {}
    for entry in record:
        if entry.action == "correct":
            sequence, new = entry.data.get("sequence", 0), entry.data.get("data_json", "")
            if new and sequence in by_sequence:
                by_sequence[sequence] = (by_sequence[sequence][0], msgspec.json.decode(new))
        elif entry.sequence:
            by_sequence[entry.sequence] = (entry.action, entry.data)
    return {action: said for _, (action, said) in sorted(by_sequence.items())}


def articles(bases: Iterable[LegalBasis]) -> tuple[Provision, ...]:
    """Return the articles of a power item as a draft cites them; what cannot be read is left out."""
    found = (_provision(basis) for basis in bases)
    return tuple(one for one in found if one is not None)


def _articles(item: UUID | None) -> tuple[tuple[Provision, ...], tuple[Provision, ...]]:
    """Return what is broken and what it is punished by: the last article of an item punishes."""
    if item is None:
        return (), ()
    try:
        every = articles(registry.power_item(item).content.bases)
    except NotFound:
        return (), ()
    return every[:-1] or every, every[-1:]


def _officers(found: CaseView, on: date) -> tuple[KnownPerson, ...]:
    """Every officer of the body; those of the handling unit first."""
    officers = registry.officers(found.body_id, on=on)
    ordered = sorted(officers, key=lambda one: found.unit_id not in one.units)
    recused = set(found.facts.recused)
    return tuple(
        KnownPerson(
            id=one.person,
            name=one.name,
            note=one.certificate.number if one.certificate else "",
            barred=_barred(one, recused, on),
        )
        for one in ordered
    )


def _barred(one: registry.Officer, recused: set[UUID], on: date) -> str:
    if one.person in recused:
        return "已回避"
    if one.may_enforce:
        return ""
    card = one.certificate
    if card is None:
        return "没有本机关的执法证"
    return "执法证已过期" if card.valid_until < on else "执法证未生效、被暂扣或者已注销"


def _holders(found: CaseView, role: Role, on: date) -> tuple[KnownPerson, ...]:
    """Return who holds a role in the body; who handled the case hears nothing of it."""
    handlers = found.facts.ever_handled_by
    people = {one.person: one.name for one in registry.people_with_role(found.body_id, role, on=on)}
    return tuple(
        KnownPerson(id=person, name=name, barred="本案承办人" if person in handlers else "")
        for person, name in people.items()
    )


def evidence_refs(case_id: UUID, record: Iterable[TimelineEntry]) -> tuple[EvidenceRef, ...]:
    """Return what a draft can rest on: what was collected, then files that came with steps, then records
    of inspection; two queries.

    record  the timeline of the case
    """
    said = [entry.data for entry in record if entry.action == "collect_evidence"]
    collected = [
        EvidenceRef(
            name=one["name"], source=one["source"], proves=one["proves"],
            pages=one.get("pages", 1), sha256=one.get("sha256", ""),
        )
        for one in said
    ]  # fmt: skip
    named = {one.sha256 for one in collected}
    items = [one for one in evidence.items(case_id) if one.excluded_at is None]
    besides = [_ref(one) for one in items if one.sha256 not in named and not one.signs_document]
    signed = {one.signs_document: one for one in items if one.signs_document}
    papers = [
        _paper_ref(one, signed.get(one.id))
        for one in documents.documents_of(case_id)
        if one.type_key in _RECORDS
    ]
    return (*collected, *besides, *papers)


def _ref(item: Item) -> EvidenceRef:
    return EvidenceRef(
        name=item.name, source=item.source, proves="", pages=item.pages or 1, sha256=item.sha256
    )


def _paper_ref(paper: MadeDocument, scan: Item | None) -> EvidenceRef:
    """The signed scan proves the record; without it the print does."""
    return EvidenceRef(
        name=f"{paper.title}（{paper.made_on.isoformat()}）",
        source="本机关制作",
        proves=_RECORDS[paper.type_key],
        pages=(scan.pages if scan else paper.pages) or 1,
        sha256=scan.sha256 if scan else "",
    )


def _open(
    record: Iterable[TimelineEntry], items: Iterable[Any], action: str, words: str
) -> tuple[KnownItem, ...]:
    by_sequence = {one.sequence: one for one in record if one.action == action}
    found = []
    for item in items:
        if item.finished_on is None:
            entry = by_sequence.get(item.sequence)
            what = _things(entry.data) if entry else ""
            found.append(KnownItem(sequence=item.sequence, words=f"{item.began_on} {words}{what}"))
    return tuple(found)


def _things(said: Mapping[str, Any]) -> str:
    names = [item["name"] for item in said.get("items", ())] or [said.get("subject", "")]
    return "：" + "、".join(filter(None, names)) if any(names) else ""


def _extendable(facts: Facts, context: Context) -> tuple[KnownTerm, ...]:
    found = []
    for term in facts.running():
        kind = context.catalogue[term.key]
        rule = kind.rule(term.started_on, field=context.policy.field, variant=term.variant)
        if len(term.extensions) >= len(rule.extensions):
            continue
        step = rule.extensions[len(term.extensions)]
        party = next((one.name for one in facts.parties if str(one.id) == term.about), "")
        words = f"{kind.name}{f'（{party}）' if party else ''}"
        found.append(
            KnownTerm(
                key=term.key, about=term.about,
                words=f"{words}，{term.due_on} 届满" if term.due_on else words,
                at_most=step.at_most, unit=reasons_zh.UNIT_WORDS[step.unit],
                approver=reasons_zh.APPROVER_WORDS[step.approver],
            )
        )  # fmt: skip
    return tuple(found)


def earliest_hearing(context: Context, on: date) -> date | None:
    """Return the first day a hearing may be held if the notice goes out today (T05)."""
    found = due(
        context.catalogue["T05"], start=on, calendar=context.calendar, field=context.policy.field
    )
    return context.calendar.next_working_day(found.due_on) if found.due_on else None


_NUMBER = "[零〇一二三四五六七八九十百两0-9]+"
_ARTICLE = re.compile(rf"第?({_NUMBER})条(?:第({_NUMBER})款)?(?:第?[（(]?({_NUMBER})[）)]?项)?")


def _provision(basis: LegalBasis) -> Provision | None:
    match = _ARTICLE.search(basis.article)
    if match is None:
        return None
    article, paragraph, item = (_number(part) for part in match.groups())
    if not 1 <= article <= 999:
        return None
    return Provision(
        act=basis.act.strip("《》 "), article=article, paragraph=paragraph, item=item,
        text=basis.text,
    )  # fmt: skip


def _number(words: str | None) -> int:
    """Return 1 to 999 as statutes write it, or in figures; 0 for nothing."""
    if not words:
        return 0
    if words.isascii():
        return int(words)
    total, digit = 0, 0
    for character in words:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(character.replace("〇", "零").replace("两", "二"))
    return total + max(digit, 0)
