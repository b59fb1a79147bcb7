"""Addresses of the orders that wait in a wallet."""

from django.urls import path

from alipay_simulator.cashier import views
from alipay_simulator.cashier.visit import Visit

from .views import close_order

app_name = "wallet_order"
urlpatterns = [
    path("<str:key>", views.page(Visit.in_wallet), name="page"),
    path("<str:key>/pay", views.act(Visit.in_wallet, views.pay), name="pay"),
    path("<str:key>/leave", views.act(Visit.in_wallet, close_order), name="leave"),
]
