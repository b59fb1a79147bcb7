"""News that is not true, for merchants who should notice.

A false notification is one more: the true one follows it. Each has a number of
its own, or a merchant who rightly ignores it would ignore the true one too.
"""

import datetime as dt
from collections.abc import Callable

from alipay_simulator import ids, signing
from alipay_simulator.models import App, Notification
from alipay_simulator.rules.faults import Kind

Params = dict[str, str]


def _same(params: Params) -> Params:
    return {}


def _other_amount(params: Params) -> Params:
    cheap = "0.01"
    return {"total_amount": "0.02" if params["total_amount"] == cheap else cheap}


def _other_app(params: Params) -> Params:
    number = _neighbour(params["app_id"])
    return {"app_id": number, "auth_app_id": number}


def _other_seller(params: Params) -> Params:
    return {"seller_id": _neighbour(params["seller_id"])}


def _neighbour(number: str) -> str:
    """Return another number of the same length."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


FALSE: dict[Kind, Callable[[Params], Params]] = {
    Kind.NEWS_FORGED: _same,
    Kind.NEWS_WRONG_AMOUNT: _other_amount,
    Kind.NEWS_OTHER_APP: _other_app,
    Kind.NEWS_OTHER_SELLER: _other_seller,
}
"""What each kind of false news says otherwise than the true one."""


def falsified(item: Notification, kind: Kind, at: dt.datetime) -> Params:
    """Return the fields of a false notification instead of this one."""
    params: Params = item.params
    return params | FALSE[kind](params) | {"notify_id": ids.notify_id(at)}


def key_for(app: App, kind: Kind | None) -> str:
    """Return the key that signs news of this kind: the forger has not Alipay's."""
    return signing.strange_key() if kind == Kind.NEWS_FORGED else app.alipay_private_key
