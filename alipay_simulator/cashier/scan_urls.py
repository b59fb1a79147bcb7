"""Addresses behind QR codes, short as those of the real ones."""

from django.urls import re_path

from . import views

CODE = r"^(?P<code>bax[a-z0-9]{17,29})"

app_name = "scan"
urlpatterns = [
    re_path(CODE + r"$", views.scan_page, name="page"),
    re_path(CODE + r"/sign-in$", views.scan_sign_in, name="sign_in"),
    re_path(CODE + r"/pay$", views.scan_pay, name="pay"),
    re_path(CODE + r"/leave$", views.scan_leave, name="leave"),
]
