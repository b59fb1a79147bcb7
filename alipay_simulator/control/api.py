"""The JSON API that tests and demos drive the simulator with."""

from django.urls import path

from .commands import apps, faults, money, news, orders, people, shops, time, world
from .doors import door

urlpatterns = [
    path("clock", door(time.read, time.move)),
    path("trades", door(orders.search)),
    path("trades/<str:number>", door(orders.read)),
    path("pay", door(post=orders.pay)),
    path("refunds", door(money.refunds)),
    path("transfers", door(money.transfers)),
    path("bank", door(money.read_bank)),
    path("people", door(people.read)),
    path("people/<str:who>", door(people.one, people.change)),
    path("people/<str:who>/top_up", door(post=people.top_up)),
    path("notifications", door(news.search)),
    path("notifications/<int:pk>/resend", door(post=news.resend)),
    path("pause_notifications", door(post=news.pause)),
    path("apps", door(apps.search, apps.add)),
    path("apps/<str:app_id>", door(apps.read, apps.change)),
    path("app", door(apps.read, apps.change)),
    path("shops", door(shops.search, shops.register)),
    path("reset", door(post=world.reset)),
    path("faults", door(faults.read, faults.switch_on)),
    path("faults/off", door(post=faults.switch_all_off)),
    path("faults/<int:pk>/off", door(post=faults.switch_off)),
]
