"""Addresses of the desk's cashier."""

from django.urls import path

from . import views

app_name = "cashier"
urlpatterns = [
    path("<str:token>", views.page, name="page"),
    path("<str:token>/sign-in", views.sign_in, name="sign_in"),
    path("<str:token>/pay", views.pay, name="pay"),
    path("<str:token>/leave", views.leave, name="leave"),
    path("<str:token>/state", views.state, name="state"),
]
