"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.evidence import views

app_name = "evidence"
urlpatterns = [path("evidence/<uuid:item_id>/file/", views.file, name="file")]
