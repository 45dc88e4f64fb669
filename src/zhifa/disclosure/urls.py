"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("disclosure/", views.queue, name="queue"),
    path("disclosure/begin/<uuid:case_id>/", views.begin, name="begin"),
    path("disclosure/records/<uuid:body_id>/", views.records, name="records"),
    path("disclosure/policy/<uuid:body_id>/", views.policy, name="policy"),
    path("disclosure/<uuid:publication_id>/", views.publication, name="publication"),
    path("disclosure/<uuid:publication_id>/mask/", views.mask, name="mask"),
    path("disclosure/<uuid:publication_id>/turn/", views.turn, name="turn"),
    path("disclosure/<uuid:publication_id>/withdraw/", views.withdraw, name="withdraw"),
    path("disclosure/<uuid:publication_id>/document.pdf", views.document, name="document"),
]
