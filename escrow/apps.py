from django.apps import AppConfig


class EscrowConfig(AppConfig):
    name = "escrow"
    label = "escrow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kernel import events

        from . import reactions, tasks  # noqa: F401

        events.register(reactions.REACTIONS)
