"""Addresses of buying: checkout, orders, disputes."""

from django.urls import path

from orders.views import buying, checkout, disputing

app_name = "orders"
urlpatterns = [
    path("checkout/", checkout.checkout, name="checkout"),
    path("checkout/place/", checkout.place, name="place"),
    path("checkout/<str:reference>/", checkout.placed, name="placed"),
    path("orders/", buying.order_list, name="list"),
    path("orders/<str:number>/", buying.detail, name="detail"),
    path("orders/<str:number>/confirm/", buying.confirm, name="confirm"),
    path("orders/<str:number>/cancel/", buying.cancel, name="cancel"),
    path("orders/<str:number>/dispute/", disputing.open_dispute, name="dispute"),
    path(
        "orders/<str:number>/dispute/<str:reference>/",
        disputing.detail,
        name="dispute_detail",
    ),
    path(
        "orders/<str:number>/dispute/<str:reference>/withdraw/",
        disputing.withdraw,
        name="dispute_withdraw",
    ),
]
