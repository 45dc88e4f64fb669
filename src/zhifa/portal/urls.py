"""Addresses of the public site; those of records are permanent."""

from django.urls import path

from zhifa.portal import checking, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<str:key>/", views.body, name="body"),
    path("officers/", views.officers, name="officers"),
    path("officers/<str:key>/", views.officer, name="officer"),
    path("items/", views.items, name="items"),
    path("items/<str:key>/", views.item, name="item"),
    path("charts/", views.charts, name="charts"),
    path("charts/<str:key>/", views.chart, name="chart"),
    path("charts/<str:key>/chart.svg", views.chart_picture, name="chart_picture"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<str:key>/", views.decision, name="decision"),
    path("decisions/<str:key>/document.pdf", views.decision_file, name="decision_file"),
    path("decisions/<str:key>/receipt", views.decision_receipt, name="decision_receipt"),
    path("decisions/<str:key>/package", views.decision_package, name="decision_package"),
    path("verify/", checking.check, name="check"),
    path("verify/<str:token>/", checking.document, name="document"),
    path("verify/<str:token>", checking.document),  # as QR codes write it
    path("verify/<str:token>/receipt", checking.document_receipt, name="document_receipt"),
    path("log/checkpoint", views.checkpoint, name="checkpoint"),
]
