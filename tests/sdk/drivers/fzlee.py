"""Lets a test drive ``python-alipay-sdk``: a JSON object in, a JSON object out, a line.

Runs in a process of its own: both Python kits are called ``alipay``. Where the kit
has a function of its own for a method, that one is called.
"""

import json
import sys

from alipay import AliPay

OWN = {
    "alipay.trade.query": "api_alipay_trade_query",
    "alipay.trade.close": "api_alipay_trade_close",
    "alipay.trade.cancel": "api_alipay_trade_cancel",
    "alipay.trade.refund": "api_alipay_trade_refund",
    "alipay.trade.precreate": "api_alipay_trade_precreate",
    "alipay.trade.create": "api_alipay_trade_create",
    "alipay.trade.fastpay.refund.query": "api_alipay_trade_fastpay_refund_query",
    "alipay.trade.order.settle": "api_alipay_trade_order_settle",
}
PAGES = {
    "alipay.trade.page.pay": "api_alipay_trade_page_pay",
    "alipay.trade.wap.pay": "api_alipay_trade_wap_pay",
}


def call(kit, asked):
    method, biz = asked["method"], asked["biz"]
    common = {name: asked[name] for name in ("notify_url",) if asked.get(name)}
    if method in OWN and not common:
        node = getattr(kit, OWN[method])(**biz)
    else:
        node = kit.server_api(method, biz, **common)
    return {"node": node, "success": node["code"] == "10000"}


def page(kit, asked):
    addresses = {name: asked.get(name) for name in ("return_url", "notify_url")}
    biz = dict(asked["biz"])
    biz.pop("product_code", None)
    query = getattr(kit, PAGES[asked["method"]])(**biz, **addresses)
    return {"address": f"{kit._gateway}?{query}"}


def verify(kit, asked):
    form = asked["form"]
    return {"genuine": kit.verify(form, form.pop("sign"))}


ACTS = {"call": call, "page": page, "verify": verify}


def answer(kit, asked):
    try:
        return ACTS[asked.pop("do")](kit, asked)
    except Exception as error:  # noqa: BLE001 - the kit dies of what it did not expect
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    settings = json.loads(sys.argv[1])
    kit = AliPay(
        appid=settings["app_id"],
        app_notify_url=None,
        app_private_key_string=settings["private_key"],
        alipay_public_key_string=settings["alipay_public_key_pem"],
    )
    kit._gateway = settings["gateway_url"]
    for line in sys.stdin:
        told = answer(kit, json.loads(line))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
