"""Addresses of the wallet, but for those of single orders."""

from django.urls import path

from . import views

app_name = "wallet"
urlpatterns = [
    path("wallet", views.home, name="home"),
    path("wallet/sign-in", views.sign_in, name="sign_in"),
    path("wallet/leave", views.leave, name="leave"),
    path("wallet/scan", views.scan, name="scan"),
]
