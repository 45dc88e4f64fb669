"""Registering a clue (案件来源登记): a new case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhifa import clock
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.cases import services
from zhifa.cases.forms.opening import RegisterClueForm
from zhifa.cases.known import Known
from zhifa.cases.offices import Office, offices, penalty_items
from zhifa.cases.wording import bad_words
from zhifa.law.errors import BadValue, Conflict, NotFound, Refused
from zhifa.registry import selectors as registry


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    """Show the form of a clue, or register it."""
    today = clock.today()
    mine = offices(request.actor, on=today)
    if not mine:
        return render(request, "cases/new_not_possible.html", status=403)
    office = _office(mine, request.POST.get("office", request.GET.get("office", "")))
    form = RegisterClueForm(
        request.POST if request.method == "POST" else None,
        action="register_clue",
        known=Known(today=today),
    )
    if request.method != "POST" or "add_row" in request.POST:
        return _shown(request, mine, office, form)
    if not form.is_valid():
        return _shown(request, mine, office, form, status=422)
    try:
        done = services.open_case(
            case_id=form.cleaned_data["case_id"],
            body_id=office.body,
            unit_id=office.unit,
            data=form.said_of(_item_name(form.cleaned_data["power_item"])),
            actor=request.actor,
            on=form.cleaned_data["happened_on"],
            at=clock.now(),
        )
    except Refused as refused:
        return _shown(request, mine, office, form, status=409, refused=refused)
    except BadValue as wrong:
        return _shown(request, mine, office, form, status=422, problem=bad_words(wrong))
    except Conflict:
        messages.info(request, "这份登记表已经提交过，没有重复登记。")
        return redirect("cases:detail", form.cleaned_data["case_id"])
    messages.success(request, f"已登记：{done.number}")
    return redirect("cases:detail", done.case_id)


@signed_in
@require_GET
def items(request: OfficerRequest) -> HttpResponse:
    """Show the power items of the body that contain the words typed so far."""
    office = _office(offices(request.actor, on=clock.today()), request.GET.get("office", ""))
    words = request.GET.get("item_words", "")
    chosen = request.GET.get("power_item", "")
    found = penalty_items(office.body, words, on=clock.today(), chosen=chosen)
    return render(request, "cases/_items.html", {"items": found, "words": words, "chosen": chosen})


def _shown(
    request: OfficerRequest,
    mine: list[Office],
    office: Office,
    form: RegisterClueForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
    problem: str = "",
) -> HttpResponse:
    words = request.POST.get("item_words", "")
    chosen = str(form["power_item"].value() or "")
    values = {
        "form": form,
        "offices": mine,
        "office": office,
        "refused": refused,
        "problem": problem,
        "item_words": words,
        "items": penalty_items(office.body, words, on=clock.today(), chosen=chosen),
        "chosen": chosen,
    }
    return render(request, "cases/new.html", values, status=status)


def _office(mine: list[Office], key: str) -> Office:
    found = next((one for one in mine if one.key == key), None)
    if found is None and (key or not mine):
        raise NotFound
    return found or mine[0]


def _item_name(item: UUID | None) -> str:
    return registry.power_item(item).content.name if item else ""
