"""What administrators and others did outside of cases, told from the journal (管理日志).

For the audit administrator, of the bodies he serves; cases and their evidence are none of his affair.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.urls import reverse

from zhifa import clock
from zhifa.accounts import selectors as accounts
from zhifa.accounts.wording import FACTORS
from zhifa.config.wording import ENTRIES
from zhifa.journal import selectors as journal
from zhifa.journal.selectors import Entry, Narrowed
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.law.errors import Denied
from zhifa.registry import affairs, listing
from zhifa.registry import selectors as registry
from zhifa.registry.affairs import Thing
from zhifa.registry.rules import Role, SuccessionKind, UnitKind
from zhifa.registry.wording import ROLES, SUCCESSIONS, UNIT_KINDS, setting_words

_PIECE = 500  # lines of an export that stand in memory at once
Said = Mapping[str, Any]  # what an entry says, as JSON


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done."""

    at: datetime
    who: str
    what: str
    about: str
    href: str  # empty: no page shows it
    details: str


def log(
    actor: ActorId, *, on: date, page: int, kind: str = "", who: str = "", day: date | None = None
) -> listing.Paged:
    """Return a page of what was done in the bodies an audit administrator serves, newest first.

    who  a part of the name or login name of who acted
    day  the local day on which it was entered

    Fourteen queries at most, however much was done. Raises Denied for everybody else.
    """
    paginator = Paginator(_ids(actor, on=on, kind=kind, who=who, day=day), listing.PAGE_ROWS)
    shown = paginator.get_page(page)
    return listing.Paged(_lines(journal.entries_of(list(shown.object_list))), paginator, page)


def every_line(
    actor: ActorId, *, on: date, kind: str = "", who: str = "", day: date | None = None
) -> Iterator[Line]:
    """Return all lines of the log, for export, as `log` narrows and orders them; read in pieces.

    Raises Denied before the first line is asked for.
    """
    ids = _ids(actor, on=on, kind=kind, who=who, day=day)
    return (
        line
        for start in range(0, len(ids), _PIECE)
        for line in _lines(journal.entries_of(ids[start : start + _PIECE]))
    )


def _ids(actor: ActorId, *, on: date, kind: str, who: str, day: date | None) -> list[int]:
    """Return the entries an audit administrator may see, newest first. Raises Denied."""
    scope = registry.scope(actor, on=on)
    if not scope.bodies(Role.AUDIT_ADMINISTRATOR):
        raise Denied("role.missing")
    bodies = listing.administered_by(scope, Role.AUDIT_ADMINISTRATOR)
    narrowed = Narrowed(
        kind=kind,
        actors=accounts.ids_named(who) if who else None,
        since=_midnight(day) if day else None,
        before=_midnight(day + timedelta(days=1)) if day else None,
    )
    return journal.ids_of(affairs.streams(bodies), narrowed)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.BEIJING)


def _lines(entries: Sequence[Entry]) -> list[Line]:
    if not entries:
        return []
    names = accounts.names(entry.actor for entry in entries)
    things = affairs.things({entry.stream for entry in entries})
    bodies = listing.body_names()
    return [_line(entry, names, things[entry.stream], bodies) for entry in entries]


def _line(
    entry: Entry, names: Mapping[UUID, str], thing: Thing, bodies: Mapping[UUID, str]
) -> Line:
    who = "平台" if entry.actor == SYSTEM else names.get(entry.actor, "")
    href = reverse(thing.href_name, args=thing.href_args) if thing.href_name else ""
    return Line(
        entry.at,
        who,
        ENTRIES.get(entry.kind, "其他事项"),
        thing.name,
        href,
        _details(entry, bodies),
    )


def _details(entry: Entry, bodies: Mapping[UUID, str]) -> str:
    """Return what an entry says besides, in words."""
    if entry.body is None:
        return "内容已依法删除"
    telling = _TELLING.get(entry.kind, _reason)
    return "；".join(part for part in telling(entry.body, bodies) if part)


# --- what each kind says -------------------------------------------------------------------

Bodies = Mapping[UUID, str]
Telling = Callable[[Said, Bodies], Iterable[str]]


def _reason(said: Said, bodies: Bodies) -> Iterable[str]:
    yield said.get("reason", "") or said.get("remark", "")


def _spell(said: Said) -> str:
    until = said.get("valid_until")
    return f"{said['valid_from']} 至 {until}" if until else f"自 {said['valid_from']} 起"


def _body(said: Said, key: str, bodies: Bodies) -> str:
    return bodies.get(UUID(said[key]), "") if said.get(key) else ""


def _created(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"登录名 {said['login_name']}"


def _factor(said: Said, bodies: Bodies) -> Iterable[str]:
    yield FACTORS.get(said["factor"], "")


def _ended(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"最后一天 {said['valid_until']}"
    yield said.get("reason", "")


def _registered(said: Said, bodies: Bodies) -> Iterable[str]:
    yield said["identity"]["name"]
    yield f"编码 {said['identity']['code']}"


def _capacity(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{said['confirmed_on']} 确认"
    yield f"{said['published_on']} 公告"


def _succeeded(said: Said, bodies: Bodies) -> Iterable[str]:
    yield SUCCESSIONS[SuccessionKind(said["kind"])]
    old, new = (
        "、".join(bodies.get(UUID(one), "") for one in said[key])
        for key in ("predecessors", "successors")
    )
    yield f"{old} → {new}，自 {said['on']} 起"
    yield said["basis"]


def _unit(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{said['name']}（{UNIT_KINDS[UnitKind(said['kind'])]}），自 {said['valid_from']} 起"


def _deed(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{said['number']}，委托{_body(said, 'entrusted', bodies)}"
    yield _spell(said)


def _published(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{said['published_on']} 公布"


def _appointed(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{_body(said, 'body', bodies)} {ROLES[Role(said['role'])]}"
    yield _spell(said)


def _card(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{_body(said, 'body', bodies)} {said['number']}"
    yield _spell(said)
    yield "换证" if said.get("replaces") else ""


def _barred(said: Said, bodies: Bodies) -> Iterable[str]:
    yield said["on"]
    yield said["reason"]


def _qualified(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"证书号 {said['number']}" if said["number"] else ""
    yield f"初次审核 {said['first_review_on']}" if said["first_review_on"] else ""


def _item(said: Said, bodies: Bodies) -> Iterable[str]:
    yield _body(said, "body", bodies)
    yield f"自 {said['content']['valid_from']} 起"


def _setting(said: Said, bodies: Bodies) -> Iterable[str]:
    value = said["value"]
    yield setting_words(tuple(value) if isinstance(value, list) else value)
    yield _body(said, "body", bodies) or "全市"
    yield f"自 {said['valid_from']} 起"
    yield said["basis"]


def _dated(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"自 {said['valid_from']} 起"
    yield said["basis"]


def _holidays(said: Said, bodies: Bodies) -> Iterable[str]:
    yield f"{said['notice']['year']}年，{said['notice']['number']}"


_TELLING: Mapping[str, Telling] = {
    "person.created": _created,
    "person.second_factor_added": _factor,
    "person.second_factor_renewed": _factor,
    "person.second_factor_removed": _factor,
    "body.registered": _registered,
    "body.capacity_confirmed": _capacity,
    "body.succeeded": _succeeded,
    "body.unit_added": _unit,
    "body.unit_ended": _ended,
    "body.deed_added": _deed,
    "body.deed_published": _published,
    "body.deed_ended": _ended,
    "officer.appointed": _appointed,
    "officer.appointment_ended": _ended,
    "officer.certificate_issued": _card,
    "officer.certificate_suspended": _barred,
    "officer.suspension_lifted": _barred,
    "officer.certificate_revoked": _barred,
    "officer.qualification_recorded": _qualified,
    "item.defined": _item,
    "item.ended": _ended,
    "item.carried_over": _item,
    "setting.chosen": _setting,
    "setting.scope_matrix_set": _dated,
    "setting.holidays_added": _holidays,
    "publication.policy_chosen": _dated,
}
