"""Addresses of this app."""

from django.urls import URLPattern

app_name = "fx"
urlpatterns: list[URLPattern] = []
