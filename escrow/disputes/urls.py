"""Addresses of disputes that belong to no page of an order."""

from django.urls import path

from escrow.disputes import views

app_name = "disputes"

urlpatterns = [
    path("evidence/<str:token>/", views.evidence, name="evidence"),
]
