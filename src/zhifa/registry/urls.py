"""Addresses of this room, below the workbench's."""

from django.urls import path
from django.views.generic import RedirectView

from zhifa.accounts.access import signed_in
from zhifa.registry.views import (
    bodies,
    dated,
    imports,
    items,
    matrix,
    officers,
    offices,
    people,
    succession,
)

app_name = "registry"
_PERSON = "registry/people/<uuid:person_id>"
_CARD = f"{_PERSON}/certificates/<uuid:certificate_id>"
_BODY = "registry/bodies/<uuid:body_id>"
_ITEM = "registry/items/<uuid:item_id>"
_IMPORT = "registry/imports/<uuid:run_id>"

urlpatterns = [
    path("registry/", signed_in(RedirectView.as_view(pattern_name="registry:bodies")), name="home"),
    path("registry/bodies/", bodies.bodies, name="bodies"),
    path("registry/bodies/new/", bodies.register, name="new_body"),
    path(f"{_BODY}/", bodies.body, name="body"),
    path(f"{_BODY}/contact/", bodies.contact, name="contact"),
    path(f"{_BODY}/capacity/", bodies.confirm_capacity, name="confirm_capacity"),
    path(f"{_BODY}/follow-on/", succession.follow_on, name="follow_on"),
    path(f"{_BODY}/merge/", succession.merge, name="merge"),
    path(f"{_BODY}/split/", succession.split, name="split"),
    path(f"{_BODY}/units/new/", bodies.add_unit, name="add_unit"),
    path(f"{_BODY}/units/<uuid:unit_id>/end/", bodies.end_unit, name="end_unit"),
    path(f"{_BODY}/deeds/new/", bodies.add_deed, name="add_deed"),
    path(f"{_BODY}/deeds/<uuid:deed_id>/publish/", bodies.publish_deed, name="publish_deed"),
    path(f"{_BODY}/deeds/<uuid:deed_id>/end/", bodies.end_deed, name="end_deed"),
    path(f"{_BODY}/items/new/", items.new_item, name="new_item"),
    path("registry/items/", items.items, name="items"),
    path("registry/items/of/<uuid:body_id>/<slug:state>/", items.items, name="items_of"),
    path(f"{_ITEM}/", items.item, name="item"),
    path(f"{_ITEM}/edit/", items.edit_item, name="edit_item"),
    path(f"{_ITEM}/submit/", items.submit_item, name="submit_item"),
    path(f"{_ITEM}/approve/", items.approve_item, name="approve_item"),
    path(f"{_ITEM}/return/", items.return_item, name="return_item"),
    path(f"{_ITEM}/end/", items.end_item, name="end_item"),
    path("registry/officers/", officers.officers, name="officers"),
    path(
        "registry/officers/expiring/", officers.officers, {"expiring": True}, name="officers_expiring"
    ),
    path("registry/matrix/", matrix.matrix, name="matrix"),
    path("registry/matrix/set/", matrix.set_matrix, name="set_matrix"),
    path("registry/settings/", dated.settings, name="settings"),
    path("registry/settings/<str:key>/", dated.setting, name="setting"),
    path("registry/settings/<str:key>/choose/", dated.choose, name="choose_setting"),
    path("registry/holidays/", dated.holidays, name="holidays"),
    path("registry/imports/", imports.imports, name="imports"),
    path("registry/imports/template/<slug:kind>/", imports.template, name="template"),
    path("registry/imports/export/<slug:kind>/", imports.export, name="export"),
    path(f"{_IMPORT}/", imports.one_import, name="import"),
    path(f"{_IMPORT}/confirm/", imports.confirm, name="confirm_import"),
    path(f"{_IMPORT}/give-up/", imports.give_up, name="give_up_import"),
    path(f"{_IMPORT}/report/", imports.report, name="import_report"),
    path("registry/people/", people.people, name="people"),
    path("registry/people/new/", people.new_person, name="new_person"),
    path(f"{_PERSON}/", people.person, name="person"),
    path(f"{_PERSON}/password/", people.reset_password, name="reset_password"),
    path(f"{_PERSON}/password/new/", people.new_password, name="new_password"),
    path(
        f"{_PERSON}/second-factor/", people.remove_second_factor, name="remove_second_factor"
    ),
    path(f"{_PERSON}/deactivate/", people.switch, {"active": False}, name="deactivate"),
    path(f"{_PERSON}/activate/", people.switch, {"active": True}, name="activate"),
    path(f"{_PERSON}/appoint/", offices.appoint, name="appoint"),
    path(
        f"{_PERSON}/appointments/<uuid:appointment_id>/end/", offices.end_appointment,
        name="end_appointment",
    ),
    path(f"{_PERSON}/qualification/", offices.qualify, name="qualify"),
    path(f"{_PERSON}/certificates/new/", offices.issue, name="issue_certificate"),
    path(f"{_CARD}/renew/", offices.renew, name="renew_certificate"),
    path(f"{_CARD}/suspend/", offices.suspend, name="suspend_certificate"),
    path(f"{_CARD}/lift/", offices.lift, name="lift_suspension"),
    path(f"{_CARD}/revoke/", offices.revoke, name="revoke_certificate"),
]  # fmt: skip
