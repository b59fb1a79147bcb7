from django.db import migrations, models
from djmoney.models.fields import MoneyField
from djmoney.money import Money


def _amount(**default):
    return MoneyField(
        currency_field_name="currency", decimal_places=3, max_digits=15, **default
    )


NOTHING = {"default": Money(0, "CNY"), "default_currency": "CNY"}


class Migration(migrations.Migration):
    """What the platform's coupon adds to a hold; the holds that exist had none."""

    dependencies = [("escrow", "0002_hold_guards")]

    operations = [
        migrations.RemoveConstraint(model_name="hold", name="hold_amounts"),
        migrations.AddField("hold", "coupon", _amount(**NOTHING)),
        migrations.AddField("hold", "coupon_returned", _amount(**NOTHING)),
        migrations.AlterField("hold", "coupon", _amount()),
        migrations.AlterField("hold", "coupon_returned", _amount()),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(amount__gt=0, coupon__gte=0, commission__gte=0)
                & models.Q(refunded__gte=0, refunded__lte=models.F("amount"))
                & models.Q(coupon_returned__gte=0, coupon_returned__lte=models.F("coupon"))
                & models.Q(
                    commission_returned__gte=0,
                    commission_returned__lte=models.F("commission"),
                ),
                name="hold_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    commission__lte=models.F("amount")
                    + models.F("coupon")
                    - models.F("refunded")
                    - models.F("coupon_returned")
                    + models.F("commission_returned")
                ),
                name="hold_bears_its_commission",
            ),
        ),
    ]
