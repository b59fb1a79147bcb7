"""State: one readable table per noun, and the only writer of a ``status``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.conf import settings
from django.db import connection, models
from django.db.models.sql import UpdateQuery
from django.utils.translation import gettext_lazy as _

from kernel.db import command
from kernel.errors import Refusal

M = TypeVar("M", bound=models.Model)

# The rows are locked by id before one of them changes, so that two batches do not wait
# in a circle; unless all are there in a state that allows it, none changes.
_MOVE = """
WITH before AS MATERIALIZED (
    SELECT id, status FROM {table} WHERE id = ANY(%s) AND status = ANY(%s)
    ORDER BY id FOR NO KEY UPDATE
), changed AS (
    {update} AND (SELECT count(*) FROM before) = %s RETURNING id
)
INSERT INTO {history} (
    subject_id, from_status, action, to_status, at, by_id, note
)
SELECT id, before.status, %s::text, %s::text, %s::timestamptz, %s::bigint, %s::text
FROM changed JOIN before USING (id) ORDER BY id
"""


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

        One statement, whatever the number of rows, which are locked by id. ``by`` is
        a user, or None for the system.

        :raises CannotMove: when one of them is in no state that allows ``action``;
            then none has moved.
        """
        rule = self.moves[action]
        wanted = sorted(set(ids))
        if not wanted:
            return
        update, values_given = self._update(wanted, {"status": rule.target, **values})
        table = connection.ops.quote_name(self.model._meta.db_table)
        history = connection.ops.quote_name(self.history._meta.db_table)
        sql = _MOVE.format(table=table, history=history, update=update)
        author = by.pk if by is not None else None
        written = (action, rule.target, at, author, note)
        with connection.cursor() as cursor:
            cursor.execute(
                sql,
                (wanted, list(rule.sources), *values_given, len(wanted), *written),
            )
            moved = cursor.rowcount
        if moved != len(wanted):
            raise CannotMove(
                _("This is no longer possible: it has moved on meanwhile.")
            )

    def _update(
        self, ids: Collection[int], values: dict[str, Any]
    ) -> tuple[str, Sequence[Any]]:
        """Django's own UPDATE of these rows, as text and what fills it in."""
        rows = self.model._default_manager.filter(pk__in=ids)
        query = cast("UpdateQuery", rows.query.chain(UpdateQuery))
        query.add_update_values(values)
        text, given = query.get_compiler(connection=connection).as_sql()
        return text, given

    def allows(self, status: str, action: str) -> bool:
        """Whether the table lets a row in ``status`` do ``action``."""
        return status in self.moves[action].sources
