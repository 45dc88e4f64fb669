"""Addresses that belong to no room: the work list and one's own page."""

from django.urls import path

from zhifa.config import desk_views as views

app_name = "site"
urlpatterns = [
    path("", views.work_list, name="work_list"),
    path("export/", views.work_list_export, name="work_list_export"),
    path("me/", views.me, name="me"),
    path("administration/", views.administration, name="administration"),
    path("administration/export/", views.administration_export, name="administration_export"),
]
