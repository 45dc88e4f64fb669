"""Publishing in the demo city (演示公示): decisions by four people, the registry by the information centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.config.demo import jobs
from zhifa.config.demo.casework import Casework, Story
from zhifa.disclosure import selectors, services
from zhifa.disclosure.rules import Act, WithdrawalGround
from zhifa.law.actors import ActorId


@dataclass(frozen=True, slots=True)
class Publicity:
    """Who makes, agrees to, checks and releases a publication in one office."""

    editor: ActorId
    unit_head: ActorId
    reviewer: ActorId
    publisher: ActorId


def publish(work: Casework, people: Publicity) -> Story:
    """Publish a served decision: editor, unit head, reviewer, publisher, on two days."""
    jobs.run()
    editor, on = people.editor, clock.today()
    with acting(editor, on=on):
        publication = services.draft(case_id=work.case_id, actor=editor, on=on, at=clock.now())
    turn(publication, Act.SUBMIT, editor)
    turn(publication, Act.AGREE, people.unit_head)
    yield work.on_working_day(1)
    turn(publication, Act.CLEAR, people.reviewer)
    turn(publication, Act.RELEASE, people.publisher)
    jobs.run()


def turn(publication: UUID, act: Act, actor: ActorId) -> None:
    """Take a publication one step on, by the person whose step it is."""
    on = clock.today()
    with acting(actor, on=on):
        seen = selectors.publication(publication, actor=actor, on=on).version
        services.take_turn(
            publication_id=publication, act=act, actor=actor, on=on, at=clock.now(), seen=seen
        )


def withdraw(work: Casework, people: Publicity) -> None:
    """Take a publication back: the decision was revoked on reconsideration."""
    actor, on = people.publisher, clock.today()
    with acting(actor, on=on):
        publication = selectors.publication_of(work.case_id)
        if publication is None:
            raise LookupError(work.number)
        seen = selectors.publication(publication, actor=actor, on=on).version
        services.withdraw(
            publication_id=publication, ground=WithdrawalGround.REVOKED,
            reason="行政复议决定撤销原处罚决定", actor=actor, on=on, at=clock.now(), seen=seen,
        )  # fmt: skip
    jobs.run()


def publish_registry(bodies: Mapping[str, UUID], publisher: ActorId) -> int:
    """Publish bodies, officers, items and charts of every office; return how many records."""
    on, count = clock.today(), 0
    with acting(publisher, on=on):
        for body in bodies.values():
            wanted = frozenset(
                (one.kind, one.key)
                for one in selectors.record_changes(body, on=on)
                if one.status != "same"
            )
            count += services.publish_records(
                body_id=body, wanted=wanted, actor=publisher, on=on, at=clock.now()
            )
    jobs.run()
    return count
