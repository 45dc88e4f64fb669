"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.review import views

app_name = "review"
urlpatterns = [path("review/", views.queue, name="queue")]
