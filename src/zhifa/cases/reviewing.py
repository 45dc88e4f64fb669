"""A case before its legal reviewer (法制审核): dossier, submission, what changed since the last review."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.cases import drafts, wording
from zhifa.cases.dossier import DossierShown, dossier
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, NotFound
from zhifa.procedures.values import MajorGround
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role
from zhifa.review import selectors as reviews
from zhifa.review.selectors import ReviewDossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Everything the page of the opinion shows."""

    shown: DossierShown
    submission: ReviewDossier
    draft: tuple[drafts.Line, ...]
    changes: tuple[drafts.Change, ...]
    reviewed_before: bool
    grounds: tuple[str, ...]
    left: int  # working days; negative once late
    late: bool


def reviewing(case_id: UUID, *, actor: ActorId, on: date) -> Reviewing:
    """Return the open submission of a case with its dossier; about twenty queries.

    Raises NotFound for whoever reviews nothing in that body or has handled the case (SAMR art. 49),
    and where nothing waits for an opinion; Conflict (case.not_taken_over) for the reviewer of a body that
    follows but has not taken the case over yet.
    """
    shown = dossier(case_id, actor=actor, on=on)
    facts = shown.facts
    bodies = registry.scope(actor, on=on).review_bodies
    handled = actor in facts.ever_handled_by
    open_one = reviews.open_submission(case_id)
    if open_one is None or handled or shown.case.body_id not in bodies:
        raise NotFound
    if Role.LEGAL_REVIEWER.value not in shown.stand.roles:
        raise Conflict("case.not_taken_over")
    found = reviews.dossier(open_one, bodies=bodies)
    if found is None:
        raise NotFound
    new = drafts.read(found.draft_json)
    old = drafts.read(found.earlier_draft_json) if found.earlier_draft_json else None
    left = shown.stand.calendar.working_days(on, found.due_on)
    return Reviewing(
        shown=shown,
        submission=found,
        draft=tuple(drafts.lines(new, facts.parties)),
        changes=tuple(drafts.changes(old, new, facts.parties)) if old else (),
        reviewed_before=old is not None,
        grounds=tuple(wording.enum_words(MajorGround(ground)) for ground in found.grounds),
        left=left,
        late=left < 0,
    )
