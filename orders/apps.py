from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kernel import events

        from . import books, reactions, tasks  # noqa: F401

        events.register(reactions.REACTIONS)
        books.register()
