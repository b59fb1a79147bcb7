"""Template helpers of the desk's pages."""

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def answer(field: BoundField) -> Any:
    """What was answered in ``field``, in the words of its choice where it has any."""
    value = field.value()
    choices = getattr(field.field, "choices", ())
    return dict(choices).get(value, value)
