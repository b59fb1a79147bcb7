"""Readiness: the database and the cache answer."""

from django.urls import path
from health_check.views import HealthCheckView

urlpatterns = [
    path(
        "",
        HealthCheckView.as_view(
            checks=["health_check.checks.Cache", "health_check.checks.Database"]
        ),
        name="health",
    )
]
