"""Addresses of the inbox."""

from django.urls import path

from marketplace.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_notice, name="open"),
]
