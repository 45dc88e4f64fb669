"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.registry.views import people

app_name = "registry"
urlpatterns = [
    path("registry/people/", people.people, name="people"),
    path("registry/people/new/", people.new_person, name="new_person"),
    path("registry/people/<uuid:person_id>/", people.person, name="person"),
    path(
        "registry/people/<uuid:person_id>/password/", people.reset_password, name="reset_password"
    ),
    path(
        "registry/people/<uuid:person_id>/deactivate/",
        people.switch,
        {"active": False},
        name="deactivate",
    ),
    path(
        "registry/people/<uuid:person_id>/activate/",
        people.switch,
        {"active": True},
        name="activate",
    ),
]
