"""Officers and their certificates (执法人员与证件): whose card counts, whose runs out."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from zhifa.accounts.access import OfficerRequest, signed_in
from zhifa.registry import listing, selectors, staffing
from zhifa.registry.forms.fields import FilterForm, choice, put_choices
from zhifa.registry.views.base import filtered, page_number, query_of, shown, viewer_of


class _Filter(FilterForm):
    q = forms.CharField(label="姓名、证号", required=False, max_length=60)
    body = choice("机关", {}, required=False)
    only = choice(
        "范围",
        {"soon": f"{listing.EXPIRES_SOON_DAYS} 天内到期或者已到期"},
        empty="全部",
        required=False,
    )


@signed_in
@require_GET
def officers(request: OfficerRequest, expiring: bool = False) -> HttpResponse:
    """Show the certificates, those that run out first at the top."""
    viewer = viewer_of(request)
    bodies = selectors.bodies(viewer.on)
    form = _Filter()
    put_choices(
        form.fields["body"], [(str(one.id), one.short_name) for one in bodies], empty="全部"
    )
    said = filtered(form, request, {"only": "soon"} if expiring else {})
    rows = listing.cards(
        viewer.on,
        body=UUID(said["body"]) if said.get("body") else None,
        within_days=listing.EXPIRES_SOON_DAYS if said.get("only") == "soon" else None,
        text=said.get("q", ""),
    )
    page, keeps = listing.paged(rows, page_number(request)), listing.kept_by(viewer.scope)
    wanted = keeps & {UUID(said["body"])} if said.get("body") else keeps
    return shown(
        request, "officers", viewer, form=form, page=page, soon=listing.EXPIRES_SOON_DAYS,
        keeps=keeps, export_query=query_of(form), without_card=staffing.without_card(wanted, on=viewer.on),
        reviewers=staffing.reviewers(wanted, on=viewer.on),
    )  # fmt: skip
