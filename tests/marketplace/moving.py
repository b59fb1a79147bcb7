"""Reference rates that a test moves at will."""

from datetime import UTC, date, datetime

from .ecb import zipped

DAY_ONE = date(2027, 3, 1)
START = {"CNY": "8.0000", "USD": "1.0000", "JPY": "160.00", "KWD": "0.34"}


class Market:
    """The ECB's file as far as a test has written it, one row a day."""

    def __init__(self, path):
        self.path = path
        self.days = {}
        self.publish(DAY_ONE)

    def publish(self, day: date, **per_euro: str) -> None:
        """The rates of ``day``: those before it, changed by ``per_euro``."""
        before = self.days[max(self.days)] if self.days else START
        self.days[day] = before | per_euro
        rows = [
            f"{one},{','.join(self.days[one].values())},"
            for one in sorted(self.days, reverse=True)
        ]
        table = "\n".join([f"Date,{','.join(START)},", *rows, ""])
        self.path.write_bytes(zipped(table))

    @staticmethod
    def noon(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
