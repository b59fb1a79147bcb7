from django.urls import path

from marketplace.fx import views

app_name = "fx"

urlpatterns = [
    path("currency/", views.display_currency, name="display_currency"),
    path("rates/", views.rates, name="rates"),
]
