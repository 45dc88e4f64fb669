"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/of/<uuid:subject>/", views.listing, name="listing"),
    path("documents/<uuid:document_id>/", views.show, name="show"),
    path("documents/<uuid:document_id>/file/", views.file, name="file"),
]
