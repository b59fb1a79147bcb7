"""Accounts as merchants name them: a type, and a text of that type."""

from alipay_simulator.models import Member
from alipay_simulator.rules import people

from .call import Call

KINDS = ("userId", "loginName", "openId")


def find(call: Call, kind: str, account: str) -> Member | None:
    """Find whose account it is; None if there is none, or the kind is another."""
    if kind == "userId":
        return people.by_user_id(account)
    if kind == "loginName":
        return people.by_logon_id(account)
    if kind == "openId":
        return people.by_open_id(call.app, account)
    return None
