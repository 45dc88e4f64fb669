"""What a person can do with a case: open it, take a step, answer a review, correct an entry, add papers."""

from zhifa.cases.services.corrections import ask_correction, grant_correction, refuse_correction
from zhifa.cases.services.handing_on import HandingOnRefused, go_on_with, reassign_work
from zhifa.cases.services.papers import attach_signed_paper, correct_paper
from zhifa.cases.services.steps import (
    ORDINARY,
    Attachment,
    give_opinion,
    locked,
    open_case,
    take_step,
)

__all__ = [
    "ORDINARY",
    "Attachment",
    "HandingOnRefused",
    "ask_correction",
    "attach_signed_paper",
    "correct_paper",
    "give_opinion",
    "go_on_with",
    "grant_correction",
    "locked",
    "open_case",
    "reassign_work",
    "refuse_correction",
    "take_step",
]
