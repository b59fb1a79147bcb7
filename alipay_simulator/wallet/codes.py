"""Reading what stands in a QR code, typed or pasted instead of scanned."""

import re

_CODE = re.compile(r"(?:^|/)(bax[a-z0-9]{17,29})(?:[?#]|$)")


def read(text: str) -> str:
    """Return the code in ``text``, "" if there is none.

    It may be bare, or behind ``https://qr.alipay.com/``, or behind this
    simulator's own address; scanners add a query now and then.
    """
    found = _CODE.search(text.strip())
    return found.group(1) if found else ""
