"""Fields of an order that change nothing here, but must be what Alipay wants."""

from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.money import to_fen

from .call import Call

MOST_GOODS = 150
INSTALMENTS = ("3", "6", "12")

_LENGTHS = {
    "product_code": 64,
    "merchant_order_no": 32,
    "qrcode_width": 4,
    "specified_channel": 128,
    "auth_token": 40,
}
_WORDS = {
    "qr_pay_mode": ("0", "1", "2", "3", "4"),
    "goods_type": ("0", "1"),
    "integration_type": ("PCWEB", "ALIAPP"),
}
_OBJECTS = ("business_params", "invoice_info", "ext_user_info", "royalty_info")
_AMOUNTS = ("discountable_amount", "undiscountable_amount")


def check_details(call: Call) -> None:
    """Look through the optional fields of an order.

    :raises Refused: ``INVALID_PARAMETER`` with the field's name, or
        ``SUB_GOODS_SIZE_MAX_COUNT``.
    """
    for name, longest in _LENGTHS.items():
        call.text(name, longest)
    for name, words in _WORDS.items():
        if name in call:
            call.choice(name, words)
    for name in _OBJECTS:
        call.part(name)
    for name in _AMOUNTS:
        if name in call and to_fen(call.biz[name]) is None:
            raise bad_field(name)
    _check_instalments(call)
    _check_goods(call)


def _check_instalments(call: Call) -> None:
    extend = call.part("extend_params")
    if extend is None:
        return
    if "hb_fq_num" in extend:
        extend.choice("hb_fq_num", INSTALMENTS)
    if "hb_fq_seller_percent" in extend:
        extend.choice("hb_fq_seller_percent", ("0", "100"))
    extend.text("sys_service_provider_id", 64)


def _check_goods(call: Call) -> None:
    goods = call.parts("goods_detail")
    if len(goods) > MOST_GOODS:
        raise Refused("SUB_GOODS_SIZE_MAX_COUNT")
    for item in goods:
        item.text("goods_id", 64, required=True)
        item.text("goods_name", 256, required=True)
        if not item.whole("quantity", 0):
            raise bad_field("quantity")
        item.money("price")
        for name, longest in (("goods_category", 24), ("categories_tree", 128)):
            item.text(name, longest)
        item.text("show_url", 400)
        item.text("body", 1000)
