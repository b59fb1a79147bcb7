from django.apps import AppConfig


class CartConfig(AppConfig):
    name = "marketplace.cart"
    label = "cart"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from marketplace.cart import tasks  # noqa: F401
        from marketplace.cart.sign_in import keep_the_cart

        user_logged_in.connect(keep_the_cart, dispatch_uid="cart.sign_in")
