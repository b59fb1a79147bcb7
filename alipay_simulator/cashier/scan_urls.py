"""Addresses behind QR codes, short as those of the real ones."""

from django.urls import re_path

from . import views
from .visit import Visit

CODE = r"^(?P<key>bax[a-z0-9]{17,29})"

COME = Visit.by_code

app_name = "scan"
urlpatterns = [
    re_path(CODE + r"$", views.page(COME), name="page"),
    re_path(CODE + r"/sign-in$", views.act(COME, views.sign_in), name="sign_in"),
    re_path(CODE + r"/pay$", views.act(COME, views.pay), name="pay"),
    re_path(CODE + r"/leave$", views.act(COME, views.leave), name="leave"),
]
