"""Addresses of the seller centre."""

from django.urls import path

from orders.views import coupons, selling

app_name = "selling"
urlpatterns = [
    path("", selling.dashboard, name="dashboard"),
    path("coupons/", coupons.coupons, name="coupons"),
    path("coupons/<int:pk>/stop/", coupons.stop_coupon, name="stop_coupon"),
    path("orders/", selling.order_list, name="orders"),
    path("orders/<str:number>/", selling.order, name="order"),
    path("orders/<str:number>/ship/", selling.ship, name="ship"),
    path(
        "orders/<str:number>/dispute/<str:reference>/", selling.dispute, name="dispute"
    ),
]
