"""Addresses of the control page and its API."""

from django.urls import include, path

from . import page

app_name = "control"
urlpatterns = [
    path("", page.overview, name="overview"),
    path("clock", page.move_clock, name="move_clock"),
    path("pause", page.pause, name="pause"),
    path("notifications/<int:pk>/resend", page.resend, name="resend"),
    path("api/", include("alipay_simulator.control.api")),
]
