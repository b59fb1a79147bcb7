"""Columns that several apps declare alike."""

from djmoney.models.fields import MoneyField


def amount_field(currency: str = "currency", **options: object) -> MoneyField:
    """An amount whose currency stands in the column ``currency`` of its row.

    Amounts of one row share that column. Three digits after the point are enough for
    every currency that ISO 4217 lists with a minor unit people pay in.
    """
    return MoneyField(
        max_digits=15, decimal_places=3, currency_field_name=currency, **options
    )
