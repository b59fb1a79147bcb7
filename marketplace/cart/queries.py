"""What is in the cart."""

from django.http import HttpRequest


def count_for(request: HttpRequest) -> int:
    """How many pieces are in the cart of this browser or person."""
    return 0
