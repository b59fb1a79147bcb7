"""What waits to be read."""

from django.db.models import QuerySet
from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.notifications.models import Notice


def unread_for(request: HttpRequest) -> int:
    """How many notices the signed-in person has not read; 0 for a visitor."""
    if not request.user.is_authenticated:
        return 0
    known: int | None = getattr(request.user, "unread_notices", None)
    if known is not None:
        return known
    return Notice.objects.filter(user=request.user, read_at__isnull=True).count()


def notices_of(user: User) -> QuerySet[Notice]:
    """Everything ``user`` was told, newest first."""
    return Notice.objects.filter(user=user)
