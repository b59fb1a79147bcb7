"""Addresses of this app."""

from django.urls import URLPattern

app_name = "marketplace"
urlpatterns: list[URLPattern] = []
