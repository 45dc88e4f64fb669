"""What is done with powers (权力清单): written, handed in, judged by the legal affairs office: R-18, R-22."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from zhifa.clock import beijing_date
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Denied, Refused
from zhifa.registry import entries, models, rules
from zhifa.registry.rules import STAFF, ActType, ItemContent, ItemState, LegalBasis, Role
from zhifa.registry.seen import NOTHING, require_seen
from zhifa.registry.services import authority, rows

# The body's own staff write its list; who only oversees does not.
_WRITERS = tuple(sorted(STAFF - {Role.SUPERVISOR, Role.LEADER}))
_LONGEST = {"code": 60, "name": 500, "time_limit": 200, "fee": 200}


@transaction.atomic
def define_item(
    *, body_id: UUID, content: ItemContent, actor: ActorId, at: datetime, seen: str | None = None
) -> UUID:
    """Write a version of a power, or write its open draft anew; return the version's id.

    A draft may lack columns; it then cannot be handed in. An approved version stays as it is until a
    later one is approved.

    seen  `seen_of` the open draft that the actor had before them, NOTHING if there was none; None: any

    Raises NotFound, Denied, BadValue (item.code, item.name, item.too_long) and Conflict
    (item.submitted_already, item.open_version, edit.outdated).
    """
    body = rows.locked(models.Body, body_id)
    authority.require(actor, *_WRITERS, on=beijing_date(at), body=body_id)
    _check(content)
    open_states = (ItemState.DRAFT, ItemState.SUBMITTED)
    row = models.PowerItem.objects.filter(
        body=body, code=content.code, state__in=open_states
    ).first()
    if row is not None and row.state == ItemState.SUBMITTED:
        raise Conflict("item.submitted_already")
    if seen == NOTHING and row is not None:
        raise Conflict("item.open_version")
    require_seen(seen, content_of(row) if row else None)
    row = row or models.PowerItem(body=body, code=content.code)
    _put(row, content)
    row.defined_by = actor
    rows.save(row)
    entry = entries.ItemDefined(row.pk, body_id, content)
    journal.append(
        entries.ITEM_DEFINED, entries.item_stream(row.pk), actor=actor, at=at, body=entry
    )
    return row.pk


@transaction.atomic
def submit_item(*, item_id: UUID, actor: ActorId, at: datetime) -> None:
    """Hand a draft in to the legal affairs office.

    Raises NotFound, Denied, Conflict (item.not_a_draft), and Refused with every column that is empty.
    """
    row = rows.locked(models.PowerItem, item_id)
    authority.require(actor, *_WRITERS, on=beijing_date(at), body=row.body_id)
    if row.state != ItemState.DRAFT:
        raise Conflict("item.not_a_draft")
    if violations := rules.item_complete(content_of(row)):
        raise Refused("item.submit", violations)
    row.state, row.submitted_by, row.remark = ItemState.SUBMITTED.value, actor, ""
    rows.update(row, "state", "submitted_by", "remark")
    _note(entries.ITEM_SUBMITTED, row, actor=actor, at=at)


@transaction.atomic
def return_item(*, item_id: UUID, remark: str, actor: ActorId, at: datetime) -> None:
    """Send a version back to its body with a remark.

    Raises NotFound, Denied, BadValue (reason.missing), Conflict (item.not_submitted).
    """
    row = _to_judge(item_id, actor=actor, at=at)
    row.state, row.remark = ItemState.DRAFT.value, rows.reason(remark)
    rows.update(row, "state", "remark")
    _note(entries.ITEM_RETURNED, row, remark=row.remark, actor=actor, at=at)


@transaction.atomic
def approve_item(
    *, item_id: UUID, actor: ActorId, at: datetime, remark: str = "", seen: str | None = None
) -> None:
    """Approve a version; it holds from its own day on, and the one before it ends the day before.

    seen  `seen_of` the text that the actor read; None: whatever stands there

    Raises NotFound, Denied (role.missing, own_work), Conflict (item.not_submitted, item.overlaps,
    edit.outdated).
    """
    row = _to_judge(item_id, actor=actor, at=at)
    require_seen(seen, content_of(row))
    earlier = (
        models.PowerItem.objects.select_for_update()
        .filter(body=row.body_id, code=row.code, state=ItemState.APPROVED)
        .filter(valid_from__lt=row.valid_from)
        .order_by("-valid_from")
        .first()
    )
    last = row.valid_from - timedelta(days=1)
    ends = earlier is not None and (earlier.valid_until is None or earlier.valid_until > last)
    if earlier is not None and ends:
        rows.end(earlier, last)
    row.state, row.approved_by, row.remark = ItemState.APPROVED.value, actor, remark.strip()
    row.approved_on = beijing_date(at)
    rows.update(row, "state", "approved_by", "approved_on", "remark")
    _note(
        entries.ITEM_APPROVED, row, remark=row.remark,
        ends=earlier.pk if earlier is not None and ends else None, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def end_item(
    *, item_id: UUID, valid_until: date, reason: str, actor: ActorId, at: datetime
) -> None:
    """End an approved power with that day (事项取消). Raises NotFound, Denied, BadValue, Conflict."""
    row, today = rows.locked(models.PowerItem, item_id), beijing_date(at)
    authority.require_supervisor(actor, row.body, on=today)
    if row.state != ItemState.APPROVED:
        raise Conflict("item.not_approved")
    rows.require_endable(row, valid_until, today=today)
    close(row, valid_until, reason=rows.reason(reason), actor=actor, at=at)


def close(row: models.PowerItem, last: date, *, reason: str, actor: ActorId, at: datetime) -> None:
    """End an approved power with that day and journal it."""
    rows.end(row, last)
    entry = entries.Ended(row.pk, last, reason)
    journal.append(entries.ITEM_ENDED, entries.item_stream(row.pk), actor=actor, at=at, body=entry)


def carry_over(
    item: models.PowerItem, body: models.Body, *, on: date, actor: ActorId, at: datetime
) -> None:
    """Let an approved power go over to the body that follows, unchanged."""
    former = item.pk
    until = item.valid_until
    rows.end(item, on - timedelta(days=1))
    item.pk, item.body = uuid4(), body
    item.valid_from, item.valid_until = max(on, item.valid_from), until
    rows.insert(item)
    entry = entries.ItemCarriedOver(item.pk, former, body.pk, content_of(item))
    stream = entries.item_stream(item.pk)
    journal.append(entries.ITEM_CARRIED_OVER, stream, actor=actor, at=at, body=entry)


def content_of(row: models.PowerItem) -> ItemContent:
    """Return what a version says."""
    return ItemContent(
        code=row.code, name=row.name, act_type=ActType(row.act_type), valid_from=row.valid_from,
        scope=row.scope, content=row.content, procedure=row.procedure,
        supervision=row.supervision, bases=msgspec.convert(row.bases, tuple[LegalBasis, ...]),
        time_limit=row.time_limit, fee=row.fee, is_demo=row.is_demo,
    )  # fmt: skip


def _put(row: models.PowerItem, content: ItemContent) -> None:
    row.name, row.act_type, row.valid_from = (
        content.name,
        content.act_type.value,
        content.valid_from,
    )
    row.scope, row.content = content.scope.strip(), content.content.strip()
    row.procedure, row.supervision = content.procedure.strip(), content.supervision.strip()
    row.bases = msgspec.to_builtins(content.bases)
    row.time_limit, row.fee = content.time_limit.strip(), content.fee.strip()
    row.is_demo = content.is_demo


def _check(content: ItemContent) -> None:
    for column in ("code", "name"):
        if not getattr(content, column).strip():
            raise BadValue(f"item.{column}")
    for column, longest in _LONGEST.items():
        if len(getattr(content, column)) > longest:
            raise BadValue("item.too_long", column)


def _to_judge(item_id: UUID, *, actor: ActorId, at: datetime) -> models.PowerItem:
    """Return a version that waits for the office, to be judged by someone who did not write it."""
    row = rows.locked(models.PowerItem, item_id)
    authority.require_supervisor(actor, row.body, on=beijing_date(at))
    if actor in {row.defined_by, row.submitted_by}:
        raise Denied("own_work")
    if row.state != ItemState.SUBMITTED:
        raise Conflict("item.not_submitted")
    return row


def _note(
    kind: str,
    row: models.PowerItem,
    *,
    remark: str = "",
    ends: UUID | None = None,
    actor: ActorId,
    at: datetime,
) -> None:
    entry = entries.ItemMoved(row.pk, remark, ends)
    journal.append(kind, entries.item_stream(row.pk), actor=actor, at=at, body=entry)
