"""What the gateway says when it says no."""

from collections.abc import Mapping
from typing import Any

from .sub_msgs import TEXTS

MESSAGES = {
    "10000": "Success",
    "20000": "Service Currently Unavailable",
    "40001": "Missing Required Arguments",
    "40002": "Invalid Arguments",
    "40003": "Insufficient Conditions",
    "40004": "Business Failed",
    "40006": "Insufficient Permissions",
}
"""The ``msg`` that belongs to each ``code``."""


class GatewayError(Exception):
    """A refusal in the words of the wire.

    ``fields`` are further members of the answer's node, such as the
    ``out_trade_no`` that refused refunds carry.
    """

    def __init__(
        self,
        code: str,
        sub_code: str,
        detail: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code} {sub_code}{detail}")
        self.code = code
        self.sub_code = sub_code
        self.detail = detail
        self.sub_msg = TEXTS[sub_code] + detail
        self.fields = dict(fields or {})

    def node(self) -> dict[str, Any]:
        """Return the members of the answer's node."""
        return {
            "code": self.code,
            "msg": MESSAGES[self.code],
            "sub_code": self.sub_code,
            "sub_msg": self.sub_msg,
            **self.fields,
        }


class Refused(GatewayError):
    """The method's own refusal: 40004 with an ``ACQ.`` code."""

    def __init__(
        self, name: str, detail: str = "", fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__("40004", f"ACQ.{name}", detail, fields)
        self.name = name


class Declined(GatewayError):
    """A refusal of funds or bills, whose codes lack the ``ACQ.``."""

    def __init__(self, sub_code: str, detail: str = "") -> None:
        super().__init__("40004", sub_code, detail)


def system_error(method: str) -> GatewayError:
    """Something broke at Alipay; each family of methods spells it its own way."""
    prefix = "ACQ." if method.startswith("alipay.trade.") else ""
    if method == "alipay.trade.cancel":
        prefix = "AQC."
    return GatewayError("40004", f"{prefix}SYSTEM_ERROR")


def bad_field(name: str) -> Refused:
    """A field is missing or malformed."""
    return Refused("INVALID_PARAMETER", f"：{name}")
