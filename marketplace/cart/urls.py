"""Addresses of the cart."""

from django.urls import path

from marketplace.cart import views

app_name = "cart"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("add/", views.add, name="add"),
    path("prices/", views.accept, name="accept"),
    path("<str:sku>/", views.change, name="change"),
    path("<str:sku>/remove/", views.remove, name="remove"),
]
