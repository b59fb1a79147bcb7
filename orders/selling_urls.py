"""Addresses of this app."""

from django.urls import URLPattern

app_name = "selling"
urlpatterns: list[URLPattern] = []
