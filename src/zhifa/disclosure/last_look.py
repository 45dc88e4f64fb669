"""What stands against a public version by what is known now (发布前、发送前再看一次)."""

from zhifa.disclosure import policy
from zhifa.disclosure.models import Publication
from zhifa.disclosure.public_version import leak_violations, left_in, secrets_of
from zhifa.disclosure.rules import Ground, PublicText, Treatment
from zhifa.disclosure.sources import Source, source
from zhifa.law.citations import APL
from zhifa.law.errors import Conflict, Violation


def left(row: Publication, found: Source, *, pdf: bytes) -> tuple[Violation, ...]:
    """Test once more what was frozen: the case may know more people by now (PIPL art. 28).

    pdf  the document as it was frozen
    """
    secrets = secrets_of(
        found,
        hidden=tuple((text, stands_for) for text, stands_for in row.hidden),
        kept=tuple(text for text, _ in row.kept),
    )
    return leak_violations(left_in(PublicText(**row.public), pdf, secrets))


def against_sending(row: Publication, *, pdf: bytes) -> tuple[Violation, ...]:
    """Return why a released decision may not be sent any more: policy forbids it now, for it was changed since
    (APL art. 48(2)), or something private is `left`.
    """
    try:
        found = source(row.case_id)
    except Conflict as gone:  # by a correction it was not served yet
        return (Violation(gone.code, APL.art(48, 1)),)
    ruled = policy.ruling(found, tuple(map(Ground, row.found)))
    if ruled.treatment is Treatment.WITHHOLD:
        return ruled.reasons
    return left(row, found, pdf=pdf)
