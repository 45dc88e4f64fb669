"""What changes by date (设置、节假日): read by a day, changed from a day on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhifa import clock
from zhifa.accounts import selectors as accounts
from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import Denied, NotFound
from zhifa.law.holidays import NOTICES, Notice
from zhifa.registry import listing, policy, selectors, services
from zhifa.registry.forms.dated import SettingForm, as_initial
from zhifa.registry.policy import Value
from zhifa.registry.rules import Mark, Role
from zhifa.registry.views.base import Viewer, answered, bound, shown, viewer_of
from zhifa.registry.wording import SETTINGS, setting_words


@dataclass(frozen=True, slots=True)
class _Setting:
    """A setting as the list shows it."""

    key: str
    name: str
    value: str
    default: str
    changed: bool
    basis: str
    mark: Mark


@signed_in
@require_GET
def settings(request: OfficerRequest) -> HttpResponse:
    """Show every setting as it holds for all bodies, or for one, today."""
    viewer, body = viewer_of(request), _body(request)
    values = selectors.settings(body.id if body else None, on=viewer.on)
    rows = [_setting(key, values[key]) for key in policy.CATALOGUE]
    bodies = selectors.bodies(viewer.on)
    return shown(
        request, "settings", viewer, rows=rows, body=body, bodies=bodies,
        may_change=_may_choose(viewer, body.id if body else None),
    )  # fmt: skip


@signed_in
@require_GET
def setting(request: OfficerRequest, key: str) -> HttpResponse:
    """Show every value ever chosen for a setting."""
    viewer = viewer_of(request)
    known = _known(key)
    history = selectors.setting_history(key)
    people, names = accounts.names(one.set_by for one in history), listing.body_names()
    rows = [
        (one, setting_words(one.value), names.get(one.body, "") if one.body else "全市",
         people.get(one.set_by, "平台" if one.set_by == SYSTEM else ""))
        for one in history
    ]  # fmt: skip
    return shown(
        request, "setting", viewer, key=key, name=SETTINGS[key], history=rows,
        default=setting_words(known.default), known=known,
        may_change=_may_choose(viewer, None), heads=viewer.scope.bodies(Role.AGENCY_HEAD),
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def choose(request: OfficerRequest, key: str) -> HttpResponse:
    """Choose a setting from a day on, for all bodies or for one's own."""
    viewer, body = viewer_of(request), _body(request)
    _known(key)
    body_id = body.id if body else None
    if not _may_choose(viewer, body_id):
        raise Denied("role.missing")
    present = selectors.settings(body_id, on=viewer.on)[key]
    initial = {"value": as_initial(present), "valid_from": viewer.on}
    form = SettingForm(bound(request), key=key, initial=initial)
    whom = body.short_name if body else "全市"
    return answered(
        request, viewer, form,
        lambda said: services.set_setting(
            key=key, value=form.value(), body_id=body_id, valid_from=said["valid_from"],
            basis=said["basis"], mark=Mark(said["mark"]), actor=viewer.actor, at=clock.now(),
        ),
        title=f"{SETTINGS[key]}（{whom}）", up=("设置", reverse("registry:settings")), done="已设置",
        note="从起始日期起对新办的步骤生效；以前的值保留在历史里。不得放宽法律的要求，本机关的值只能比全市更严。",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of the calendar."""

    year: int
    notice: Notice | None
    shipped: bool


@signed_in
@require_GET
def holidays(request: OfficerRequest) -> HttpResponse:
    """Show for which years the days off are known, and which rest on a notice still to come."""
    viewer = viewer_of(request)
    calendar = selectors.calendar()
    by_year = {notice.year: notice for notice in calendar.notices}
    years = [
        _Year(year, by_year.get(year), by_year.get(year) in NOTICES)
        for year in range(max(viewer.on.year + 2, *by_year), min(by_year) - 1, -1)
    ]
    chosen = _chosen_year(request, viewer.on)
    make_up = calendar.make_up_days(date(chosen, 1, 1), date(chosen, 12, 31))
    return shown(
        request, "holidays", viewer, years=years, chosen=chosen, notice=by_year.get(chosen),
        make_up=make_up,
    )  # fmt: skip


def _chosen_year(request: OfficerRequest, on: date) -> int:
    text = request.GET.get("year", "")
    return (
        int(text)
        if text.isascii() and text.isdigit() and len(text) == 4 and 2008 <= int(text) <= 2200
        else on.year
    )


def _body(request: OfficerRequest) -> selectors.Body | None:
    text = request.GET.get("body", "")
    try:
        return selectors.body(UUID(text)) if text else None
    except ValueError:
        raise NotFound from None


def _known(key: str) -> policy.Known:
    if key not in policy.CATALOGUE:
        raise NotFound
    return policy.CATALOGUE[key]


def _may_choose(viewer: Viewer, body_id: UUID | None) -> bool:
    if body_id is None:
        return viewer.is_supervisor
    return viewer.scope.may(Role.AGENCY_HEAD, body_id)


def _setting(key: str, value: Value) -> _Setting:
    known = policy.CATALOGUE[key]
    return _Setting(
        key, SETTINGS[key], setting_words(value), setting_words(known.default),
        value != known.default, known.basis.words, known.mark,
    )  # fmt: skip
