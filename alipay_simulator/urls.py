"""All doors of the simulator."""

from django.urls import include, path

from . import views
from .gateway import gateway

urlpatterns = [
    path("", views.index, name="index"),
    path("healthz", views.healthz, name="healthz"),
    path("gateway.do", gateway, name="gateway"),
    path("cashier/", include("alipay_simulator.cashier.urls")),
    path("control/", include("alipay_simulator.control.urls")),
    path("", include("alipay_simulator.cashier.scan_urls")),
]

handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed
