from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "escrow.disputes"
    label = "disputes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import tasks  # noqa: F401
