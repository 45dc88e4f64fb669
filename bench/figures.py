"""A measured figure, and the limit it was measured against in the same run."""

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate; `limit` is the most this machine could do at the same moment."""

    name: str
    value: float  # a second, if `unit` does not say otherwise
    unit: str
    limit_name: str
    limit: float
    aim: float | None = None  # what issue or design ask for

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": round(self.value, 2),
            "unit": self.unit,
            "limit": {"name": self.limit_name, "value": round(self.limit, 2)},
            "ratio": round(self.value / self.limit, 4),
            "aim": self.aim,
        }


def report(name: str, figures: list[Figure], **more: object) -> dict[str, object]:
    """Return a benchmark's figures with what is known about the machine."""
    return {
        "name": name,
        "machine": {
            "cpus": len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(terse=True),
        },
        "figures": [figure.as_dict() for figure in figures],
        **more,
    }


def rate(work: Callable[[], object], *, batch: int = 1) -> float:
    """Return how often `work` can be done a second, the best of three short runs.

    batch  how much of it a single call does
    """
    work()
    return max(_once(work, batch) for _ in range(3))


def _once(work: Callable[[], object], batch: int, seconds: float = 0.4) -> float:
    done, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        work()
        done += batch
    return done / elapsed
