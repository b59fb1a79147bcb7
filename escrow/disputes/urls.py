"""Addresses of this app."""

from django.urls import URLPattern

app_name = "disputes"
urlpatterns: list[URLPattern] = []
