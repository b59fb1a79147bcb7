"""Addresses of the shop."""

from django.urls import path

from marketplace import views

app_name = "marketplace"
urlpatterns = [
    path("", views.product_list, name="list"),
    path("goods/<slug:slug>/", views.product, name="product"),
    path("shops/<slug:slug>/", views.shop, name="shop"),
]
