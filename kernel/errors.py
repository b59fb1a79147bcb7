"""The one family of expected refusals: a "no" that a person is told kindly."""

from django.utils.functional import Promise


class Refusal(Exception):
    """An act that the rules do not allow now; nothing was changed.

    Subclasses stand beside the command that raises them and are named after what
    could not be done. ``message`` is shown to the person who tried.
    """

    code = "refused"

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message
