"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.accounts import views

app_name = "accounts"
urlpatterns = [path("me/password/", views.password, name="password")]
