"""What waits for a person in the registry (待办): cards that run out, powers to judge, imports to confirm."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.registry import listing, selectors
from zhifa.registry.imports import runs
from zhifa.registry.imports.running import KINDS
from zhifa.registry.imports.states import RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that waits."""

    kind: str
    title: str
    why: str
    href_name: str
    href_args: tuple[object, ...] = ()
    due_on: date | None = None
    late: bool = False
    working: bool = False  # the term counts working days


def tasks_for(person: ActorId, on: date) -> list[Task]:
    """Return what waits for the person; at most nine queries, six for most people."""
    scope = selectors.scope(person, on=on)
    return [
        *_items_to_judge(listing.supervised_by(scope)),
        *_items_returned(person),
        *_cards(person, listing.administered_by(scope), on=on),
        *_imports(person),
    ]


def _items_to_judge(supervised: list[tuple[UUID, str]]) -> list[Task]:
    waiting = listing.submitted(body for body, _ in supervised)
    return [
        Task(
            kind="items.review", title=name, why=f"审核报送的权力事项（{waiting[body]} 项）",
            href_name="registry:items_of", href_args=(body, "submitted"),
        )
        for body, name in supervised
        if body in waiting
    ]  # fmt: skip


def _items_returned(person: ActorId) -> list[Task]:
    return [
        Task(
            kind="item.returned", title=f"{one.code} {one.name}",
            why="权力事项被退回，请按意见修改后再报送", href_name="registry:item",
            href_args=(one.id,),
        )
        for one in listing.returned_to(person)
    ]  # fmt: skip


def _cards(person: ActorId, administered: frozenset[UUID], *, on: date) -> list[Task]:
    """Return one line for each card that runs out: of the person, and of those the person keeps."""
    return [
        Task(
            kind="certificate.expires", title=f"{one.name}（{one.body_name}）",
            why=_card_words(own=one.person == person, over=one.days_left < 0),
            href_name="registry:officers_expiring", due_on=one.valid_until, late=one.days_left < 0,
        )
        for one in listing.cards(
            on, within_days=listing.EXPIRES_SOON_DAYS, concerning=(person, administered)
        )
    ]  # fmt: skip


def _card_words(*, own: bool, over: bool) -> str:
    state = "已到期" if over else "即将到期"
    return f"本人的执法证件{state}" if own else f"执法证件{state}，请换证"


def _imports(person: ActorId) -> list[Task]:
    return [
        Task(
            kind="import.waits", title=f"{KINDS[one.kind].title}：{one.file_name}",
            why="表格已经检查，请确认导入" if one.state is RunState.CHECKED else "正在处理表格",
            href_name="registry:import", href_args=(one.id,),
        )
        for one in runs.waiting_runs(person)
    ]  # fmt: skip
