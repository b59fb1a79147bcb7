from django.db import migrations
from djmoney.money import Money

from kernel.money import from_minor, split, to_minor


def name_the_lines(apps, schema_editor):
    """Until now a hold was refunded once, by amount: cut over its order's lines."""
    LineRefund = apps.get_model("orders", "LineRefund")
    HoldRefund = apps.get_model("escrow", "HoldRefund")
    rows = HoldRefund.objects.filter(hold__order__isnull=False)
    for row in rows.select_related("hold__order", "refund").iterator():
        hold, order, currency = row.hold, row.hold.order, row.hold.currency
        lines = list(order.lines.order_by("pk"))
        paid = [to_minor(line.paid) for line in lines] + [to_minor(order.shipping)]
        earned = [to_minor(line.commission) for line in lines] + [0]
        amounts = split(to_minor(hold.refunded), paid)
        given_up = split(to_minor(hold.commission_returned), earned)
        everything = hold.refunded == hold.amount
        LineRefund.objects.bulk_create(
            LineRefund(
                order=order,
                line=line,
                hold_refund=row,
                units=(line.quantity if line else 1) if everything else 0,
                amount=from_minor(amount, currency),
                coupon=Money(0, currency),
                commission=from_minor(commission, currency),
                at=row.refund.requested_at,
            )
            for line, amount, commission in zip(
                [*lines, None], amounts, given_up, strict=True
            )
            if amount or commission
        )


class Migration(migrations.Migration):
    """Refunds made before lines were named say now what each line gave back."""

    dependencies = [("orders", "0004_line_refunds"), ("payments", "0010_other_amounts")]

    operations = [migrations.RunPython(name_the_lines, migrations.RunPython.noop)]
