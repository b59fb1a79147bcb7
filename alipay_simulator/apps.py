"""The Django app."""

from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    """Names the app; nothing happens at import."""

    name = "alipay_simulator"
    label = "alipay_simulator"
