"""All doors of the simulator."""

from django.urls import include, path

from . import views
from .bills.views import download
from .gateway import gateway
from .v3 import v3

urlpatterns = [
    path("", views.index, name="index"),
    path("healthz", views.healthz, name="healthz"),
    path("gateway.do", gateway, name="gateway"),
    path("v3/<path:path>", v3, name="v3"),
    path("downloadBillFile.resource", download, name="bill"),
    path("cashier/", include("alipay_simulator.cashier.urls")),
    path("control/", include("alipay_simulator.control.urls")),
    path("wallet/orders/", include("alipay_simulator.wallet.order_urls")),
    path("", include("alipay_simulator.wallet.urls")),
    path("", include("alipay_simulator.cashier.scan_urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed
