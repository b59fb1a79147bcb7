"""Addresses of the control room and its API."""

from django.urls import include, path

from .pages import apps, faults, orders, overview, people, time

app_name = "control"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("reset", overview.reset, name="reset"),
    path("trades", orders.trades, name="trades"),
    path("trades/<int:pk>", orders.trade, name="trade"),
    path("trades/<int:pk>/pay", orders.pay, name="pay"),
    path("refunds", orders.refunds, name="refunds"),
    path("transfers", orders.transfers, name="transfers"),
    path("people", people.page, name="people"),
    path("people/<str:who>/top_up", people.top_up, name="top_up"),
    path("people/<str:who>/standing", people.standing, name="standing"),
    path("apps", apps.page, name="apps"),
    path("apps/add", apps.add, name="add_app"),
    path("apps/shops/add", apps.add_shop, name="add_shop"),
    path("apps/<str:app_id>", apps.one, name="app"),
    path("apps/<str:app_id>/change", apps.change, name="change_app"),
    path("notifications", orders.notifications, name="news"),
    path("notifications/pause", orders.pause, name="pause"),
    path("notifications/<int:pk>/resend", orders.resend, name="resend"),
    path("clock", time.page, name="clock"),
    path("clock/move", time.move, name="move_clock"),
    path("faults", faults.page, name="faults"),
    path("faults/on", faults.switch_on, name="fault_on"),
    path("faults/off", faults.switch_all_off, name="faults_off"),
    path("faults/<int:pk>/off", faults.switch_off, name="fault_off"),
    path("api/", include("alipay_simulator.control.api")),
]
