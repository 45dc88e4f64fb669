"""What the journal keeps of the affairs of bodies (管理事务): which streams, and what each is about."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhifa.accounts import selectors as accounts
from zhifa.accounts.entries import stream as person_stream
from zhifa.journal import selectors as journal
from zhifa.registry import entries, models
from zhifa.registry.policy import CATALOGUE
from zhifa.registry.rules import ItemState
from zhifa.registry.wording import SETTINGS


@dataclass(frozen=True, slots=True)
class Thing:
    """What a stream is about, and the page that shows it; without a name of an address, none does."""

    name: str
    href_name: str = ""
    href_args: tuple[object, ...] = ()


_OTHER_SETTINGS = {
    "scope_matrix": Thing("试点范围", "registry:matrix"),
    "holidays": Thing("节假日", "registry:holidays"),
}


def streams(bodies: Collection[UUID]) -> list[str]:
    """Return the streams of these bodies, of who works or worked in them, of their powers; of settings.

    Who works nowhere belongs to everybody. Four queries.
    """
    items = models.PowerItem.objects.filter(body__in=bodies).values_list("id", flat=True)
    held = set(models.Appointment.objects.values_list("person_id", "body_id"))
    elsewhere = {person for person, _ in held} - {person for person, body in held if body in bodies}
    people = {one.id for one in accounts.people()} - elsewhere
    return [
        *map(entries.body_stream, bodies),
        *map(entries.item_stream, items),
        *map(person_stream, people),
        *map(entries.officer_stream, people),
        *journal.streams("setting:"),
    ]


def things(wanted: Collection[str]) -> dict[str, Thing]:
    """Return by stream what it is about; three queries."""
    named = {stream: stream.partition(":")[::2] for stream in wanted}
    ids = {stream: UUID(key) for stream, (prefix, key) in named.items() if prefix != "setting"}
    bodies = dict(models.Body.objects.filter(id__in=ids.values()).values_list("id", "short_name"))
    items = {row.pk: row for row in models.PowerItem.objects.filter(id__in=ids.values())}
    people = accounts.names(ids.values())
    found = {}
    for stream, (prefix, key) in named.items():
        if prefix == "setting":
            found[stream] = _setting(key)
        elif prefix == "body":
            found[stream] = Thing(bodies.get(ids[stream], ""), "registry:body", (ids[stream],))
        elif prefix == "item":
            found[stream] = _item(items.get(ids[stream]))
        else:
            found[stream] = Thing(people.get(ids[stream], ""), "registry:person", (ids[stream],))
    return found


def _setting(key: str) -> Thing:
    if key in CATALOGUE:
        return Thing(SETTINGS[key], "registry:setting", (key,))
    return _OTHER_SETTINGS.get(key, Thing("公示范围"))


def _item(row: models.PowerItem | None) -> Thing:
    """Return a power; what is not approved yet is read in its body alone."""
    if row is None:
        return Thing("")
    name = f"{row.code} {row.name}"
    return (
        Thing(name, "registry:item", (row.pk,)) if row.state == ItemState.APPROVED else Thing(name)
    )
