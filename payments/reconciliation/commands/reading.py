"""Reading a day's statement: whole or not at all, once for each version of it."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import connection

from kernel.db import command, outside_transaction
from kernel.worklist import commands as worklist
from payments.gateways import registry
from payments.gateways.port import GatewayError, StatementLine, StatementNotReady
from payments.gateways.port import Statement as Sent
from payments.reconciliation import days
from payments.reconciliation.commands.matching import match_locked
from payments.reconciliation.models import Day, Statement
from payments.reconciliation.worklist import UNREAD, unread_key

log = logging.getLogger(__name__)

_COPY = """COPY reconciliation_line (statement_id, position, kind, number,
    refund_number, provider_number, amount_minor, fee_minor, currency, at, finding)
    FROM STDIN"""


@outside_transaction
def read_day(*, day: Day, at: datetime) -> bool:
    """Fetch the statement of ``day`` and compare it; whether one was read whole.

    The network comes first, into a file; then everything is written in one
    transaction, or nothing. The same lines again change nothing; other lines are a
    new version, and the old one stays.
    """
    try:
        with registry.gateway(day.gateway).statement(day.day) as sent:
            digest = _digest_of(sent.lines())
            _keep(day.pk, sent, digest, at=at)
    except GatewayError as failure:
        _note_failure(day.pk, failure, at=at)
        return False
    return True


@command
def fetch_again(*, day: Day, at: datetime) -> None:
    """Let the next bell read ``day`` (again)."""
    Day.objects.filter(pk=day.pk).update(fetch_at=at, tries=0)


@command
def _keep(day_id: int, sent: Sent, digest: str, *, at: datetime) -> None:
    day = _locked(day_id)
    known = Statement.objects.filter(pk=day.statement_id or 0, lines_digest=digest)
    if not known.exists():
        day.statement = _new_version(day, sent, digest, at=at)
    again = at + days.REREAD
    day.fetch_at = again if again < days.end(day.day) + days.REREAD_FOR else None
    day.tries, day.last_answer = 0, ""
    day.save(update_fields=["statement", "fetch_at", "tries", "last_answer"])
    worklist.close_tasks(keys=[unread_key(day)], note="it was read", at=at)
    match_locked(day, at=at)
    # What was awaited of the day before is here now, or is missing there.
    before = Day.objects.filter(
        gateway=day.gateway, day=day.day - timedelta(days=1), statement__isnull=False
    )
    before.update(match_at=at)


def _locked(day_id: int) -> Day:
    """Its statement is read afterwards: joined, it would be as before the wait."""
    return Day.objects.select_for_update(no_key=True).get(pk=day_id)


def _new_version(day: Day, sent: Sent, digest: str, *, at: datetime) -> Statement:
    raw = _bytes_of(sent.raw)
    version = day.statements.count() + 1
    kept = Statement.objects.create(
        day=day,
        version=version,
        raw=raw,
        raw_digest=hashlib.sha256(raw).hexdigest(),
        lines_digest=digest,
        fetched_at=at,
    )
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for position, line in enumerate(sent.lines(), 1):
            copy.write_row((kept.pk, position, *_cells(line), ""))
    return kept


def _bytes_of(raw: BinaryIO) -> bytes:
    raw.seek(0)
    return raw.read()


def _cells(line: StatementLine) -> tuple[object, ...]:
    return (
        line.kind.value,
        line.number,
        line.refund_number,
        line.provider_number,
        line.amount_minor,
        line.fee_minor,
        line.currency,
        line.at,
    )


def _digest_of(lines: Iterator[StatementLine]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(repr(_cells(line)).encode())
    return digest.hexdigest()


@command
def _note_failure(day_id: int, failure: GatewayError, *, at: datetime) -> None:
    """Ask again later; what is more than "not yet" the desk is told of."""
    day = _locked(day_id)
    log.warning("statement of %s: %s", day, failure)
    day.tries += 1
    day.fetch_at = at + days.after_failure(day.tries)
    day.last_answer = str(failure)[:300]
    day.save(update_fields=["tries", "fetch_at", "last_answer"])
    is_early = isinstance(failure, StatementNotReady) or failure.code == "network"
    if not is_early or at > days.ready_at(day.day) + timedelta(hours=12):
        worklist.open_task(
            kind=UNREAD, key=unread_key(day), about=day, detail=str(failure), at=at
        )
