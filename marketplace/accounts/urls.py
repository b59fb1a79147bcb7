"""Addresses of a person's own pages."""

from django.urls import path

from marketplace.accounts import views

app_name = "people"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("addresses/new/", views.address_add, name="address_add"),
    path("addresses/<int:pk>/", views.address_edit, name="address_edit"),
    path("addresses/<int:pk>/remove/", views.address_remove, name="address_remove"),
]
