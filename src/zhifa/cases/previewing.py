"""The documents of a step before it is taken (文书预览): no number, no seal, nothing kept."""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhifa.cases import paperwork
from zhifa.cases.selectors import CaseView
from zhifa.cases.standing import standing
from zhifa.documents import press
from zhifa.documents.values import TYPES
from zhifa.law.actors import ActorId
from zhifa.procedures import engine
from zhifa.procedures.model import Transition
from zhifa.procedures.recording import Taken
from zhifa.registry import selectors as registry


@dataclass(frozen=True, slots=True)
class Preview:
    """One document as pictures of its pages, ready for a page."""

    title: str
    pages: tuple[str, ...]  # data addresses


def previews(
    case: CaseView, action: str, data: Any, *, actor: ActorId, on: date
) -> tuple[Preview, ...]:
    """Return the documents the step would make, lawful or not yet; about seven queries.

    Raises NoSuchStep, and BadValue for what a document cannot say.
    """
    procedure, facts = case.procedure, case.facts
    step = procedure.step(facts.state, action)
    wanted = step.documents_for(data)
    if not wanted:
        return ()
    found = standing(
        case.body_id, case.unit_id, actor=actor, facts=facts, data=data, on=on, known_on=on
    )
    taken = Taken(data=data, on=on, circumstances=found.circumstances, context=found.context)
    after = engine.folded(step, facts, taken)
    transition = Transition(
        action=action, source=facts.state, target=after.state, on=on, basis=step.basis,
        documents=wanted, facts=after, about=getattr(data, "party", None),
    )  # fmt: skip
    body = registry.body(case.body_id)
    composed = paperwork.composed_of(case, transition, data, found, body=body, actor=actor)
    return tuple(
        Preview(
            TYPES[paper.type_key].title,
            tuple(
                "data:image/png;base64," + base64.b64encode(page).decode()
                for page in press.preview(
                    paper.type_key, paper.values, body_name=body.name, demo=case.is_demo
                )
            ),
        )
        for paper in composed
    )
