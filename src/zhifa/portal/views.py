"""The public site (公示门户): lists and records, without sign-in and without the workbench."""

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_safe

from zhifa import clock
from zhifa.law.errors import NotFound
from zhifa.portal import files, proofs, selectors
from zhifa.portal.contents import ActType, Kind
from zhifa.portal.forms import DecisionFilter, ItemFilter, OfficerFilter, SearchForm
from zhifa.portal.pages import listing, public
from zhifa.portal.rules import as_printed

_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LATEST = 8


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is published, the latest decisions, and how to complain."""
    on = clock.today()
    figures = selectors.figures(on=on)
    around = {
        "figures": figures,
        "acts": [
            (act, decided, listed)
            for (act, decided), (_, listed) in zip(
                figures.decisions_by_act, figures.items_by_act, strict=True
            )
        ],
        "latest": selectors.latest_decisions(on=on, limit=_LATEST),
        "bodies": selectors.bodies(),
    }
    return render(request, "portal/home.html", around)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The first finds of every kind for some words; each kind leads to its own list."""
    q = as_printed(SearchForm(request.GET).asked()["q"] or "")
    around: dict[str, Any] = {"q": q, "names": selectors.body_names()}
    if q:
        around |= {
            "decisions": selectors.decisions(on=clock.today(), q=q),
            "items": selectors.items(q=q),
            "officers": selectors.officers(q=q),
            "withdrawn": selectors.withdrawn_decision(q, on=clock.today()),
            "bodies": [body for body in selectors.bodies() if q in body.data.name or q == body.key],
        }
    return render(request, "portal/search.html", around)


@public
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every enforcement body."""
    return render(
        request,
        "portal/bodies.html",
        {"bodies": selectors.bodies(), "ended": selectors.ended_bodies()},
    )


@public
@require_safe
def body(request: HttpRequest, key: str) -> HttpResponse:
    """One body: who it is, what it may do, who works there, what it decided, how to complain."""
    record = selectors.body(key)
    around = {
        "record": record,
        "body": record.data,
        "items": selectors.items(body=key),
        "officers": selectors.officers(body=key),
        "latest": selectors.latest_decisions(on=clock.today(), limit=_LATEST, body=key),
        "names": selectors.body_names(),
    }
    return render(request, "portal/body.html", around)


@public
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Enforcement officers by name, certificate number or body."""
    names = selectors.body_names()
    form = OfficerFilter(request.GET, bodies=names)
    asked = form.asked()
    found = selectors.officers(
        q=asked["q"] or "", body=asked["body"] or "", page=asked["page"] or 1
    )
    return render(request, "portal/officers.html", listing(request, found, form=form, names=names))


@public
@require_safe
def officer(request: HttpRequest, key: str) -> HttpResponse:
    """One officer, by certificate number."""
    record = selectors.officer(key)
    around = {
        "record": record,
        "valid": record.data.valid_until >= clock.today(),
        "body": selectors.supervision(record.data.body),
    }
    return render(request, "portal/officer.html", around)


@public
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Power items by name, code, body or kind of act."""
    names = selectors.body_names()
    form = ItemFilter(request.GET, bodies=names)
    asked = form.asked()
    found = selectors.items(
        q=asked["q"] or "", body=asked["body"] or "", act=asked["act"] or "",
        page=asked["page"] or 1,
    )  # fmt: skip
    return render(request, "portal/items.html", listing(request, found, form=form, names=names))


@public
@require_safe
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One power item with the text of the articles it rests on."""
    record = selectors.item(key)
    around = {"record": record, "body": selectors.supervision(record.data.body)}
    return render(request, "portal/item.html", around)


@public
@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    """The flow charts of the procedures."""
    return render(request, "portal/charts.html", {"charts": selectors.charts()})


@public
@require_safe
def chart(request: HttpRequest, key: str) -> HttpResponse:
    """One flow chart, as a picture and as a table."""
    return render(request, "portal/chart.html", {"record": selectors.chart(key)})


@public
@require_safe
def chart_picture(request: HttpRequest, key: str) -> HttpResponse:
    """The picture by itself, where nothing in it can act."""
    response = HttpResponse(selectors.chart(key).data.svg, content_type="image/svg+xml")
    response["Content-Security-Policy"] = _PICTURE_POLICY
    return response


@public
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions by party, number, cause, body, kind of act and day."""
    names = selectors.body_names()
    form = DecisionFilter(request.GET, bodies=names)
    asked = form.asked()
    found = selectors.decisions(
        on=clock.today(), q=asked["q"] or "", body=asked["body"] or "", act=asked["act"] or "",
        since=asked["since"], until=asked["until"], page=asked["page"] or 1,
    )  # fmt: skip
    number = asked["q"] or ""
    gone = selectors.withdrawn_decision(number, on=clock.today()) if number else None
    around = listing(request, found, form=form, acts=tuple(ActType), withdrawn=gone)
    return render(request, "portal/decisions.html", around)


@public
@require_safe
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """One decision: its fields, its document and its proof."""
    record = selectors.decision(key, on=clock.today())
    around = {
        "record": record,
        "decision": record.data,
        "body": selectors.supervision(record.data.body),
        "proof": proofs.shown(record.receipt),
        "keys": files.trusted_keys(),
        "receipt_url": reverse("portal:decision_receipt", args=[key]),
        "package_url": reverse("portal:decision_package", args=[key]),
    }
    return render(request, "portal/decision.html", around)


@public
@xframe_options_sameorigin
@require_safe
def decision_file(request: HttpRequest, key: str) -> FileResponse:
    """The redacted document; `?download` sends it as a file to keep."""
    file = selectors.decision(key, on=clock.today()).data.file
    if file is None:
        raise NotFound(key)
    response = FileResponse(
        files.store().open(file.sha256),
        as_attachment="download" in request.GET,
        filename=file.name,
        content_type="application/pdf",
    )
    response["Content-Length"] = file.size
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
@require_safe
def decision_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """The log's receipt for the original document, to check offline."""
    record = selectors.decision(key, on=clock.today())
    return to_keep(record.receipt, f"{key}.receipt.json")


@public
@require_safe
def decision_package(request: HttpRequest, key: str) -> FileResponse:
    """The whole signed package as it was received."""
    sha256 = selectors.package_of(Kind.DECISION, key, on=clock.today())
    return FileResponse(
        files.store().open(sha256),
        as_attachment=True,
        filename=f"{key}.json",
        content_type="application/json",
    )


@public
@require_GET
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed state of the enforcement log, as C2SP tlog-checkpoint writes it."""
    seen = selectors.checkpoint()
    if seen is None:
        raise NotFound("checkpoint")
    return HttpResponse(seen.note, content_type="text/plain; charset=utf-8")


def to_keep(text: str, name: str) -> HttpResponse:
    """Return a text to be saved under that name."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}"
    return response
