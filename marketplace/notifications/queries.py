"""What waits to be read."""

from django.http import HttpRequest


def unread_for(request: HttpRequest) -> int:
    return 0
