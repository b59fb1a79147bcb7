"""Addresses of paying: the gateway's doors, and the payer's pages."""

from django.urls import path

from payments.views import explaining, gateway, pages

app_name = "payments"
urlpatterns = [
    path("help/", explaining.failures, name="help"),
    path("methods/", explaining.methods, name="methods"),
    path("return/", gateway.returned, name="return"),
    path("notify/<slug:gateway>/", gateway.notify, name="notify"),
    path("<str:reference>/", pages.pay, name="pay"),
    path("<str:reference>/start/", pages.start, name="start"),
    path("<str:reference>/renew/", pages.renew, name="renew"),
    path("<str:reference>/qr/", pages.qr, name="qr"),
    path("<str:reference>/status/", pages.status, name="status"),
    path("<str:reference>/check/", pages.check, name="check"),
    path("<str:reference>/progress/", pages.progress, name="progress"),
]
