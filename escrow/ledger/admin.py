"""The desk's door to the books: to be read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from escrow.ledger import accounts, queries
from escrow.ledger.models import Account, Transfer
from kernel.desk import ReadOnlyAdmin, column
from kernel.money import from_minor
from kernel.templatetags.ui import money_text


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ("code", "meaning", "kind", "currency", "balance")
    list_filter = ("kind", "currency", "keeps_balance")
    search_fields = ("code",)
    ordering = ("keeps_balance", "code", "currency")
    fields = ("code", "meaning", "kind", "currency", "balance")
    readonly_fields = ("meaning", "balance")

    @column(_("meaning"))
    def meaning(self, account: Account) -> str:
        return accounts.label(account.code)

    @column(_("balance"))
    def balance(self, account: Account) -> str:
        """Kept on the row, or summed: the few platform-wide ones."""
        if account.keeps_balance:
            minor = account.credits_minor - account.debits_minor
        else:
            name = accounts.AccountName(account.code, Account.Kind(account.kind))
            minor = queries.balance(account=name, currency=account.currency)
        return money_text(from_minor(minor, account.currency))


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ("posted_at", "key", "debit", "credit", "amount", "cause")
    list_filter = ("currency",)
    list_select_related = ("debit", "credit")
    search_fields = ("key", "cause", "debit__code", "credit__code")
    ordering = ("-pk",)
    fields = ("posted_at", "key", "debit", "credit", "amount", "cause")
    readonly_fields = ("amount",)
    show_full_result_count = False

    @column(_("amount"))
    def amount(self, transfer: Transfer) -> str:
        return money_text(from_minor(transfer.amount_minor, transfer.currency))
