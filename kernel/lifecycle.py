"""State: one readable table per noun, and the only writer of a ``status``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.db import command
from kernel.errors import Refusal

M = TypeVar("M", bound=models.Model)


class CannotMove(Refusal):
    """The row is not in a state from which this act is possible (any more)."""

    code = "cannot_move"


class HistoryRow(models.Model):
    """One change of state: who, when, from, to, why. Subclasses add ``subject``."""

    action = models.CharField(max_length=40)
    from_status = models.CharField(max_length=30)
    to_status = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.action}: {self.from_status} → {self.to_status}"


@dataclass(frozen=True)
class Move:
    """One row of a transition table."""

    sources: frozenset[str]
    target: str


def move(sources: Collection[str], target: str) -> Move:
    return Move(frozenset(sources), target)


class Lifecycle(Generic[M]):
    """The transition table of one noun.

    :param model: has ``status``; :param history: its :class:`HistoryRow`;
    :param moves: action name → :class:`Move`.
    """

    def __init__(
        self, model: type[M], history: type[HistoryRow], moves: Mapping[str, Move]
    ) -> None:
        self.model = model
        self.history = history
        self.moves = moves

    @command
    def move(
        self,
        ids: Collection[int],
        action: str,
        *,
        at: datetime,
        by: Any = None,
        note: str = "",
        **values: Any,
    ) -> None:
        """Move every row of ``ids``, with ``values`` set in the same UPDATE.

        Four queries at most, whatever the number of rows. ``by`` is a user, or None
        for the system.

        :raises CannotMove: when one of them is in no state that allows ``action``;
            then none has moved.
        """
        rule = self.moves[action]
        wanted = set(ids)
        if not wanted:
            return
        rows = self.model._default_manager.filter(
            pk__in=wanted, status__in=rule.sources
        )
        before = dict(
            rows.order_by("pk")
            .select_for_update(no_key=True)
            .values_list("pk", "status")
        )
        if set(before) != wanted:
            raise CannotMove(
                _("This is no longer possible: it has moved on meanwhile.")
            )
        changed = rows.update(status=rule.target, **values)
        assert changed == len(wanted), "rows changed state under their lock"
        self.history._default_manager.bulk_create(
            # Each subclass brings its own subject.
            self.history(  # type: ignore[misc]
                subject_id=pk,
                action=action,
                from_status=status,
                to_status=rule.target,
                at=at,
                by=by,
                note=note,
            )
            for pk, status in before.items()
        )

    def allows(self, status: str, action: str) -> bool:
        """Whether the table lets a row in ``status`` do ``action``."""
        return status in self.moves[action].sources
