"""Addresses of the desk's cashier."""

from django.urls import path

from . import views
from .visit import Visit

COME = Visit.at_cashier

app_name = "cashier"
urlpatterns = [
    path("<str:key>", views.page(COME), name="page"),
    path("<str:key>/sign-in", views.act(COME, views.sign_in), name="sign_in"),
    path("<str:key>/pay", views.act(COME, views.pay), name="pay"),
    path("<str:key>/leave", views.act(COME, views.leave), name="leave"),
    path("<str:key>/state", views.state, name="state"),
]
