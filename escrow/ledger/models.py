"""The ledger's tables: accounts, and immutable transfers between two of them.

The database itself keeps the rules: transfers are append-only, both sides of one are
of its currency, kept balances move with the transfers and in no other way, and what
is owed to an owner never drops below zero. No superuser is excepted.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

# Any number will do; everyone who posts holds it shared (see commands.roll_up).
POSTING_LOCK = 20_031_103

_CHECK_SIDES = """
    IF EXISTS (
        SELECT 1 FROM posted p
        WHERE p.currency IS DISTINCT FROM
                (SELECT a.currency FROM ledger_account a WHERE a.id = p.debit_id)
            OR p.currency IS DISTINCT FROM
                (SELECT a.currency FROM ledger_account a WHERE a.id = p.credit_id)
    ) THEN
        RAISE EXCEPTION 'ledger: both accounts must exist in the transfer''s currency'
            USING ERRCODE = 'check_violation';
    END IF;
"""

# Locked in id order before they change, so that two acts cannot deadlock.
_KEEP_BALANCES = """
    UPDATE ledger_account a
    SET debits_minor = a.debits_minor + moved.debits,
        credits_minor = a.credits_minor + moved.credits
    FROM (
        SELECT kept.id, leg.debits, leg.credits
        FROM (
            SELECT side.account_id, sum(side.debit) AS debits,
                sum(side.credit) AS credits
            FROM (
                SELECT debit_id AS account_id, amount_minor AS debit, 0 AS credit
                FROM posted
                UNION ALL
                SELECT credit_id, 0, amount_minor FROM posted
            ) side
            GROUP BY side.account_id
        ) leg
        JOIN ledger_account kept ON kept.id = leg.account_id AND kept.keeps_balance
        ORDER BY kept.id
        FOR NO KEY UPDATE OF kept
    ) moved
    WHERE a.id = moved.id;
    RETURN NULL;
"""


def _refused(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Refuses the whole statement, whoever sends it and whatever it would hit."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'ledger: % never happens to %', TG_OP, TG_TABLE_NAME;",
    )


class Account(models.Model):
    """One named pot in one currency; see :mod:`escrow.ledger.accounts` for the names.

    Accounts of an owner (an order's escrow, a seller's money) keep running totals.
    Platform-wide ones keep none, because every payment would queue for that row:
    theirs is the sum of their transfers (:mod:`escrow.ledger.queries`).
    """

    class Kind(models.TextChoices):
        ASSET = "asset"
        LIABILITY = "liability"
        INCOME = "income"
        EXPENSE = "expense"

    code = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=Kind)
    keeps_balance = models.BooleanField()
    # Sums of all transfers in minor units; zero where no balance is kept.
    debits_minor = models.BigIntegerField(default=0)
    credits_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["code", "currency"], name="ledger_account_once"
            ),
            models.CheckConstraint(
                condition=Q(keeps_balance=False, debits_minor=0, credits_minor=0)
                | Q(
                    keeps_balance=True,
                    kind="liability",
                    debits_minor__lte=models.F("credits_minor"),
                ),
                name="ledger_account_not_overdrawn",
            ),
        )
        triggers = (
            _refused("account_stays", pgtrigger.Delete | pgtrigger.Truncate),
            pgtrigger.Protect(
                name="account_is_itself",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "id", "code", "currency", "kind", "keeps_balance"
                ),
            ),
            pgtrigger.Protect(
                name="account_starts_empty",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__debits_minor__gt=0)
                | pgtrigger.Q(new__credits_minor__gt=0),
            ),
            pgtrigger.Protect(
                name="account_totals_by_transfer_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "pg_trigger_depth() = 0 AND (OLD.debits_minor, OLD.credits_minor)"
                    " IS DISTINCT FROM (NEW.debits_minor, NEW.credits_minor)"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.currency})"


class Transfer(models.Model):
    """``amount_minor`` from the credit side to the debit side, once and for ever.

    ``key`` names the act: posting it again changes nothing. ``cause`` is the public
    reference of what it is about. A mistake is mended by a transfer the other way.
    """

    key = models.CharField(max_length=120)
    # Foreign keys by a statement trigger: row by row they would lock the shared
    # accounts of every payment. Accounts are never deleted.
    debit = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="debited",
        db_constraint=False,
        db_index=False,
    )
    credit = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="credited",
        db_constraint=False,
        db_index=False,
    )
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    cause = models.CharField(max_length=64)
    posted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key"], name="ledger_transfer_once"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="ledger_transfer_positive"
            ),
            models.CheckConstraint(
                condition=~Q(debit=models.F("credit")), name="ledger_transfer_two_sides"
            ),
        )
        indexes = (
            models.Index(fields=["debit", "id"], name="ledger_transfer_debit"),
            models.Index(fields=["credit", "id"], name="ledger_transfer_credit"),
            models.Index(fields=["cause"], name="ledger_transfer_cause"),
        )
        triggers = (
            _refused(
                "transfer_append_only",
                pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
            ),
            pgtrigger.Trigger(
                name="transfer_announces_itself",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                func=f"PERFORM pg_advisory_xact_lock_shared({POSTING_LOCK}); "
                "RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="transfer_keeps_balances",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="posted"),
                func=_CHECK_SIDES + _KEEP_BALANCES,
            ),
        )

    def __str__(self) -> str:
        return self.key


class Rollup(models.Model):
    """The sums of an account that keeps no balance, up to one of its transfers.

    A cache that ``check_books`` proves: its balance is this plus what came after.
    """

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, related_name="rollup"
    )
    through_id = models.BigIntegerField()
    debits_minor = models.BigIntegerField()
    credits_minor = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account_id} through {self.through_id}"
