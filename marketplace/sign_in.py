"""Who is asking: one query brings the person and everything the shell shows."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from marketplace.accounts.models import User
from marketplace.cart.models import CartLine
from marketplace.notifications.models import Notice


class Backend(AuthenticationBackend):
    """allauth's sign-in; each request then reads person, shop and badges at once.

    ``cart_pieces`` and ``unread_notices`` are what they were when the request began:
    doors that change them answer with a redirect.
    """

    def get_user(self, user_id: int) -> User | None:
        person = (
            User.objects.select_related("seller")
            .annotate(cart_pieces=_pieces(), unread_notices=_unread())
            .filter(pk=user_id)
            .first()
        )
        return person if person and self.user_can_authenticate(person) else None


def _pieces() -> Coalesce:
    lines = CartLine.objects.filter(cart__user=OuterRef("pk")).order_by()
    total = lines.values("cart__user").annotate(n=Sum("quantity")).values("n")
    return Coalesce(Subquery(total), 0, output_field=IntegerField())


def _unread() -> Coalesce:
    notices = Notice.objects.filter(user=OuterRef("pk"), read_at__isnull=True)
    total = notices.order_by().values("user").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(total), 0, output_field=IntegerField())
