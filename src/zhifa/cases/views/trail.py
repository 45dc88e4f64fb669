"""The way back from a page of a case (所在位置)."""

from django.urls import reverse

from zhifa.cases.selectors import CaseView


def crumbs(found: CaseView) -> list[tuple[str, str]]:
    """Return list and case as the path of a page below the case."""
    return [
        ("案件", reverse("cases:list")),
        (found.number, reverse("cases:detail", args=(found.id,))),
    ]
