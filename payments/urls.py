"""Addresses of paying: the payer's pages and the gateway's door."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "payments"


def x(r: HttpRequest, **k: object) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("return/", x, name="return"),
    path("notify/<slug:gateway>/", x, name="notify"),
]
