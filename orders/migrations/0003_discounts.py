from django.db import migrations, models
from djmoney.models.fields import MoneyField
from djmoney.money import Money


def _amount(**default):
    return MoneyField(
        currency_field_name="currency", decimal_places=3, max_digits=15, **default
    )


NOTHING = {"default": Money(0, "CNY"), "default_currency": "CNY"}
NEW = (
    ("order", "seller_discount"),
    ("order", "platform_discount"),
    ("orderline", "seller_discount"),
    ("orderline", "platform_discount"),
    ("orderline", "paid"),
)
# Before there were coupons, every line was paid in full.
PAID = "UPDATE orders_orderline SET paid = total"


class Migration(migrations.Migration):
    """What coupons took off each line, and what the buyer paid for it."""

    dependencies = [
        ("escrow", "0003_coupons"),
        ("orders", "0002_checks_and_indexes"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="order", name="order_adds_up"),
        *(migrations.AddField(model, name, _amount(**NOTHING)) for model, name in NEW),
        *(migrations.AlterField(model, name, _amount()) for model, name in NEW),
        migrations.RunSQL(PAID, migrations.RunSQL.noop),
        # Deferred foreign keys of the rows above are checked before ALTER TABLE.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    total=models.F("items_total")
                    - models.F("seller_discount")
                    - models.F("platform_discount")
                    + models.F("shipping")
                ),
                name="order_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(seller_discount__gte=0, platform_discount__gte=0),
                name="order_discounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    paid=models.F("total")
                    - models.F("seller_discount")
                    - models.F("platform_discount")
                )
                & models.Q(
                    paid__gte=0, seller_discount__gte=0, platform_discount__gte=0
                ),
                name="order_line_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(commission__gte=0), name="order_line_commission"
            ),
        ),
    ]
