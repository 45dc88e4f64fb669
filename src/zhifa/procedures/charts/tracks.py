"""Parallel edges side by side: legs of routes become bundles, and bundles get tracks on a line.

A leg is a straight piece of a route. Legs of one family that run the same way on the same line and
touch are one bundle: they merge. Two bundles whose extents touch need different tracks, and their
order is chosen so that few edges cross.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhifa.procedures.charts.routing import Family, Route

LegId = tuple[int, int]  # route and leg, counted from 0


@dataclass(frozen=True, slots=True)
class Leg:
    """A straight piece of a route on a grid line; low and high are the lines it runs between."""

    id: LegId
    family: Family
    vertical: bool
    line: int
    low: int
    high: int
    forward: bool  # right or down


@dataclass(frozen=True, slots=True)
class End:
    """Where a leg of a bundle ends, and to which side its edge goes on there (0: into a node)."""

    at: float
    side: int  # -1: up or left; 1: down or right


@dataclass(frozen=True, slots=True)
class Bundle:
    """Legs that share a track, with their extent in pixels or grid lines."""

    family: Family
    forward: bool
    legs: tuple[LegId, ...]
    low: float
    high: float
    ends: tuple[End, ...]


def legs_of(routes: Sequence[Route]) -> list[Leg]:
    """Return all legs of all routes."""
    legs = []
    for number, route in enumerate(routes):
        for place, (a, b) in enumerate(pairwise(route.spots)):
            vertical = a[0] == b[0]
            line = a[0] if vertical else a[1]
            start, stop = (a[1], b[1]) if vertical else (a[0], b[0])
            legs.append(
                Leg(
                    (number, place),
                    route.family,
                    vertical,
                    line,
                    min(start, stop),
                    max(start, stop),
                    start < stop,
                )
            )
    return legs


def grouped(legs: Sequence[Leg]) -> list[list[Leg]]:
    """Return the legs of one line in groups that merge: one family, one way, touching."""
    groups: list[list[Leg]] = []
    for leg in sorted(legs, key=lambda leg: (leg.family, leg.forward, leg.low, leg.id)):
        last = groups[-1] if groups else []
        merges = (
            last
            and (last[0].family, last[0].forward) == (leg.family, leg.forward)
            and leg.low <= max(other.high for other in last)
        )
        if merges:
            last.append(leg)
        else:
            groups.append([leg])
    return groups


def conflict(a: Bundle, b: Bundle, clearance: float) -> bool:
    """Say if two bundles of one line must not have the same track."""
    apart = max(a.low, b.low) - min(a.high, b.high)
    if a.family == b.family:
        return apart < 0  # they may meet where both turn into the way they share
    return apart <= clearance


def tracks(bundles: Sequence[Bundle], clearance: float) -> list[tuple[int, int]]:
    """Return for each bundle its track and how many tracks its neighbourhood has.

    A neighbourhood is a set of bundles joined by conflicts; tracks count from the left or top.
    """
    touching = [
        {j for j, b in enumerate(bundles) if i != j and conflict(a, b, clearance)}
        for i, a in enumerate(bundles)
    ]
    found = [(0, 1)] * len(bundles)
    for members in _neighbourhoods(touching):
        level: dict[int, int] = {}
        for i in _ordered(members, bundles, touching):
            level[i] = 1 + max((level[j] for j in touching[i] if j in level), default=-1)
        count = 1 + max(level.values())
        for i in members:
            found[i] = (level[i], count)
    return found


def _neighbourhoods(touching: list[set[int]]) -> list[list[int]]:
    seen: set[int] = set()
    found = []
    for start in range(len(touching)):
        if start in seen:
            continue
        members, ahead = {start}, [start]
        while ahead:
            new = touching[ahead.pop()] - members
            members |= new
            ahead.extend(sorted(new))
        seen |= members
        found.append(sorted(members))
    return found


def _ordered(members: list[int], bundles: Sequence[Bundle], touching: list[set[int]]) -> list[int]:
    """Insert each bundle where it causes the fewest crossings, until nothing gets better."""
    price = {(i, j): crossings(bundles[i], bundles[j]) for i in members for j in touching[i]}

    def cost(order: list[int]) -> float:
        return sum(
            price.get((i, j), 0.0) for place, i in enumerate(order) for j in order[place + 1 :]
        )

    order: list[int] = list(members)
    least = cost(order)
    better = True
    while better:
        better = False
        for i in members:
            rest = [j for j in order if j != i]
            for place in range(len(members)):
                trial = [*rest[:place], i, *rest[place:]]
                if (price_now := cost(trial)) < least:
                    order, least, better = trial, price_now, True
    return order


def crossings(first: Bundle, second: Bundle) -> float:
    """Return how often edges cross if the first lies above or left of the second."""
    return _crossed(first, second, 1) + _crossed(second, first, -1)


def _crossed(turning: Bundle, passed: Bundle, side: int) -> float:
    if turning.family == passed.family:
        return 0.0
    return float(
        sum(end.side == side and passed.low < end.at < passed.high for end in turning.ends)
    )
