"""Addresses of the control page and its API."""

from django.urls import path

from . import api, fault_doors, page

app_name = "control"
urlpatterns = [
    path("", page.overview, name="overview"),
    path("clock", page.move_clock, name="move_clock"),
    path("pause", page.pause, name="pause"),
    path("notifications/<int:pk>/resend", page.resend, name="resend"),
    path("api/clock", api.clock_door),
    path("api/trades", api.trades),
    path("api/trades/<str:out_trade_no>", api.trade),
    path("api/people", api.people),
    path("api/pay", api.pay),
    path("api/app", api.app),
    path("api/faults", fault_doors.faults),
    path("api/faults/<int:pk>/off", fault_doors.fault_off),
    path("api/pause_notifications", api.pause_notifications),
    path("api/notifications/<int:pk>/resend", api.resend),
]
