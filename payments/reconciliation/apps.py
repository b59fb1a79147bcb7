from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "payments.reconciliation"
    label = "reconciliation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kernel.worklist import kinds

        from . import tasks, worklist  # noqa: F401

        kinds.register(worklist.KINDS)
