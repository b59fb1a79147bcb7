"""What happens to a visitor's cart when the visitor signs in."""

from typing import Any

from django.http import HttpRequest

from kernel import clock
from marketplace.accounts.models import User
from marketplace.cart import commands, queries


def keep_the_cart(*, request: HttpRequest | None, user: User, **_: Any) -> None:
    """Receiver of ``user_logged_in``: the browser's cart becomes the person's."""
    if request is None or not hasattr(request, "session"):
        return
    token = queries.token_of(request)
    if token is not None:
        commands.merge(token=token, user=user, at=clock.now())
        del request.session[queries.SESSION_KEY]
