"""A wrong entry about to be put right (申请更正): the step as it stands, its form filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from zhifa.accounts import selectors as people
from zhifa.cases import prefill, selectors
from zhifa.cases.forms import FORMS, form_class
from zhifa.cases.forms.articles import provision_row
from zhifa.cases.forms.base import StepForm
from zhifa.cases.forms.correction import CorrectionForm
from zhifa.cases.forms.parties import row_of
from zhifa.cases.known import Known, KnownPerson
from zhifa.cases.selectors import CaseView, StepChoice, TimelineEntry
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound
from zhifa.procedures import actions as a
from zhifa.procedures import corrections, engine
from zhifa.procedures.values import Party, Provision
from zhifa.registry.selectors import Standing
from zhifa_verify.canonical import canonical_json

# Another content would be another act (engine), or another thing: only their day can be wrong.
_DAY_ONLY = corrections.ACTS | {"extend_term", "dispose_preservation", "receive_result"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry, as it stands and as it is asked for."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correcting:
    """Everything the page of a correction stands on."""

    case: CaseView
    choice: StepChoice
    entry: TimelineEntry
    data: Any  # as it stands now, earlier corrections included
    on: date
    known: Known

    @property
    def day_only(self) -> bool:
        """Whether only the day of the step can be put right."""
        return self.entry.action in _DAY_ONLY or type(self.data) not in FORMS

    def form(self, sent: Any = None) -> CorrectionForm:
        """Return the form of the reason."""
        return CorrectionForm(sent, version=self.case.version)

    def step_form(self, sent: Any = None) -> StepForm:
        """Return the form of the step, filled with what stands there."""
        return self._form(sent, self.data, self.on)

    def said(self, form: CorrectionForm, step: StepForm) -> a.AskCorrection:
        """Return what is asked for; what was right is not said again."""
        day = step.cleaned_data["happened_on"]
        new = self.data if self.day_only else _kept(self.data, step.said())
        changed = new != self.data
        return a.AskCorrection(
            sequence=self.entry.sequence,
            reason=form.cleaned_data["reason"],
            happened_on=day if day != self.on else None,
            data_json=canonical_json(msgspec.to_builtins(new)).decode() if changed else "",
        )

    def changes(self, asked: a.AskCorrection) -> tuple[Change, ...]:
        """Return what would stand there before and after, in the words of the step's form."""
        new = self.data
        if asked.data_json:
            new = msgspec.json.decode(asked.data_json, type=type(self.data))
        before = dict(self._form(None, self.data, self.on).look_over())
        after = dict(self._form(None, new, asked.happened_on or self.on).look_over())
        return tuple(
            Change(label, before.get(label, ""), after.get(label, ""))
            for label in dict.fromkeys((*before, *after))
            if before.get(label) != after.get(label)
        )

    def _form(self, sent: Any, data: Any, on: date) -> StepForm:
        day = {"happened_on": on}
        if self.day_only:
            return _DayForm(sent, action=self.entry.action, known=self.known, first=day)
        said, rows = _filled(data)
        return form_class(type(data))(
            sent, action=self.entry.action, known=self.known, first=said | day, first_rows=rows
        )


class _DayForm(StepForm):
    """The day, and nothing else."""

    says = a.Investigate


def correcting(case_id: UUID, sequence: int, *, actor: ActorId, on: date) -> Correcting:
    """Return a step of a case to be put right; about twelve queries.

    Raises NotFound, also for a step that cannot be corrected in this state.
    """
    found = selectors.case_for(case_id, actor=actor, on=on)
    stand = selectors.case_standing(found, actor=actor, on=on)
    return entry_of(found, selectors.timeline(case_id), sequence, stand=stand, on=on)


def entry_of(
    found: CaseView,
    record: Sequence[TimelineEntry],
    sequence: int,
    *,
    stand: Standing,
    on: date,
) -> Correcting:
    """Return a step of a case that is read already; raises as `correcting`."""
    choices = selectors.choices(found, stand, on=on)
    choice = next((one for one in choices if one.action == engine.ASK), None)
    entry = next((one for one in record if one.sequence == sequence and one.sequence), None)
    if choice is None or entry is None or entry.action in corrections.ACTIONS:
        raise NotFound
    said, day = _as_it_stands(entry, record)
    kind = found.procedure.data_class(entry.action)
    return Correcting(
        case=found,
        choice=choice,
        entry=entry,
        data=msgspec.convert(said, kind),
        on=day,
        known=_known(found, kind, said, on=on, stand=stand, record=record),
    )


def day_of(case_id: UUID, sequence: int) -> date:
    """Return the day of a step, corrections included; two queries. Raises NotFound."""
    record = selectors.timeline(case_id)
    entry = next((one for one in record if one.sequence == sequence and sequence), None)
    if entry is None:
        raise NotFound
    return _as_it_stands(entry, record)[1]


def _as_it_stands(
    entry: TimelineEntry, record: Sequence[TimelineEntry]
) -> tuple[Mapping[str, Any], date]:
    said: Mapping[str, Any] = entry.data
    day = entry.on
    for one in record:
        if one.action == engine.CORRECT and one.data.get("sequence") == entry.sequence:
            said = msgspec.json.decode(one.data["data_json"]) if one.data["data_json"] else said
            moved = one.data.get("happened_on")
            day = date.fromisoformat(moved) if moved else day
    return said, day


def _known(
    found: CaseView,
    kind: type[Any],
    said: Mapping[str, Any],
    *,
    on: date,
    stand: Standing,
    record: Sequence[TimelineEntry],
) -> Known:
    """Return what the form need not ask. Whoever stands in the entry may go on standing there.

    What became of a certificate or an office since says nothing of the day of the act; whether it
    was valid then is the engine's to judge: APL art. 42.
    """
    known = prefill.known(found, data=kind, on=on, standing=lambda: stand, record=lambda: record)
    named = {UUID(one) for one in (*said.get("handlers", ()), said.get("officer")) if one}
    offered = {one.id for one in known.officers}
    gone = people.names(named - offered) if named - offered else {}
    officers = [replace(one, barred="") if one.id in named else one for one in known.officers]
    officers += [KnownPerson(id=person, name=name) for person, name in gone.items()]
    return replace(known, officers=tuple(officers))


def _kept(old: Any, new: Any) -> Any:
    """Return the new data with what a form does not ask: the file of a piece of evidence, who of the
    handlers comes first."""
    if isinstance(old, a.CollectEvidence):
        return replace(new, evidence=old.evidence, sha256=old.sha256)
    if isinstance(old, a.File | a.Reassign) and set(new.handlers) == set(old.handlers):
        return replace(new, handlers=old.handlers)
    return new


def _filled(data: Any) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the data as fields and rows of its form."""
    said: dict[str, Any] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in fields(data):
        value = getattr(data, one.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            rows[one.name] = [_row(part) for part in value]
        elif isinstance(value, tuple):
            said[one.name] = [str(part) for part in value]
        else:
            said[one.name] = _plain(value)
    return said, rows


def _row(part: Any) -> dict[str, Any]:
    if isinstance(part, Party):
        return row_of(part)
    if isinstance(part, Provision):
        return provision_row(part)
    return {one.name: _plain(getattr(part, one.name)) for one in fields(part)}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value
