"""Files that come with a form (上传的文件): kept as soon as they arrive, named again by a signed mark.

A form that is shown again, refused or to be confirmed, does not ask for the files a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

import msgspec
from django.core import signing
from django.http import HttpRequest

from zhifa.cases.services import Attachment
from zhifa.cases.wording import bad_words
from zhifa.evidence import services as evidence
from zhifa.evidence.rules import EvidenceKind, Particulars
from zhifa.evidence.services import Deposit
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue
from zhifa.store import StoreProblem

_SALT = "zhifa.cases.uploads"
_HOURS = 24
_RECORDINGS = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Uploads:
    """What has arrived so far, and what is wrong with what did not."""

    deposits: tuple[Deposit, ...] = ()
    errors: tuple[str, ...] = ()
    mark: str = ""  # names the deposits when the form is sent again

    @property
    def names(self) -> tuple[str, ...]:
        """Return the file names, as they were brought."""
        return tuple(one.file_name for one in self.deposits)


def received(request: HttpRequest, actor: ActorId) -> Uploads:
    """Keep the files of the request and return them with those that came before."""
    kept, errors = list(_earlier(request.POST.get("uploads", ""), actor)), []
    if request.POST.get("drop_uploads"):
        kept = []
    for file in request.FILES.getlist("files"):
        name = file.name or ""
        try:
            found = evidence.deposit(file, file_name=name)
            if found.stored.sha256 not in {one.stored.sha256 for one in kept}:
                kept.append(found)  # a form sent again brings the same file again
        except BadValue as wrong:
            errors.append(f"{name}：{bad_words(wrong)}")
        except StoreProblem as problem:  # a full disk: what else was filled in comes back
            errors.append(f"{name}：{bad_words(BadValue(problem.code))}")
    return Uploads(tuple(kept), tuple(errors), _mark(kept, actor))


def _mark(deposits: Sequence[Deposit], actor: ActorId) -> str:
    if not deposits:
        return ""
    text = msgspec.json.encode(deposits).decode()
    return signing.dumps(text, salt=f"{_SALT}:{actor}", compress=True)


def _earlier(mark: str, actor: ActorId) -> tuple[Deposit, ...]:
    """Return what a mark names; one that is stale or another person's names nothing."""
    if not mark:
        return ()
    try:
        text = signing.loads(mark, salt=f"{_SALT}:{actor}", max_age=_HOURS * 3600)
    except signing.BadSignature:
        return ()
    return msgspec.json.decode(text, type=tuple[Deposit, ...])


def attachments(
    deposits: Sequence[Deposit],
    *,
    obtained_on: date,
    obtained_by: tuple[ActorId, ...],
    name: str = "",
    kind: EvidenceKind | None = None,
    source: str = "本机关制作",
    pages: int | None = None,
    place: str = "",
) -> tuple[Attachment, ...]:
    """Return the deposits with what is said about them; what is not said is taken from the file.

    name  of the one item of evidence, or empty: each is called as its file is
    """
    many = len(deposits) > 1
    return tuple(
        Attachment(
            one,
            Particulars(
                kind=kind or _kind(one),
                name=_called(name, number if many else 0) or PurePath(one.file_name).stem,
                source=source,
                obtained_on=obtained_on,
                obtained_by=obtained_by,
                place=place,
                pages=one.content.pages or pages,
            ),
        )
        for number, one in enumerate(deposits, start=1)
    )


def _called(name: str, number: int) -> str:
    """Return the name that was given, with a number where several files have it."""
    return f"{name}（{number}）" if name and number else name


def _kind(one: Deposit) -> EvidenceKind:
    recorded = one.content.media_type.startswith(_RECORDINGS)
    return EvidenceKind.AUDIOVISUAL if recorded else EvidenceKind.DOCUMENTARY
