"""A wrong entry corrected by services: one person asks, a head grants (更正)."""

from uuid import UUID

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors, services
from zhifa.law.actors import ActorId
from zhifa.procedures import actions as a


def asked(case_id: UUID, data: a.AskCorrection, *, by: ActorId) -> a.Correct:
    """Ask, and return what a head may grant."""
    with acting(by, on=clock.today()):
        done = services.ask_correction(
            case_id=case_id, data=data, actor=by, on=clock.today(), at=clock.now(),
            seen=selectors.case(case_id).version,
        )  # fmt: skip
    return a.Correct(asked=done.version)


def granted(case_id: UUID, data: a.Correct, *, head: ActorId) -> None:
    """Grant what was asked."""
    with acting(head, on=clock.today()):
        services.grant_correction(
            case_id=case_id, data=data, actor=head, on=clock.today(), at=clock.now(),
            seen=selectors.case(case_id).version,
        )  # fmt: skip


def corrected(case_id: UUID, data: a.AskCorrection, *, by: ActorId, head: ActorId) -> None:
    """Ask and grant."""
    granted(case_id, asked(case_id, data, by=by), head=head)
