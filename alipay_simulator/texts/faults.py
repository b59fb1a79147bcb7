"""Every fault in a sentence."""

from alipay_simulator.rules.faults import Kind

SENTENCES: dict[Kind, tuple[str, str]] = {
    Kind.SLOW: (
        "The gateway takes its time before it answers.",
        "网关延迟应答。",
    ),
    Kind.HTTP_500: (
        "The gateway answers with HTTP 500; nothing was done.",
        "网关返回 HTTP 500，请求未执行。",
    ),
    Kind.CLOSED_CONNECTION: (
        "The connection closes without an answer; nothing was done.",
        "连接被直接断开，请求未执行。",
    ),
    Kind.SYSTEM_ERROR: (
        "ACQ.SYSTEM_ERROR; nothing was done.",
        "返回 ACQ.SYSTEM_ERROR，请求未执行。",
    ),
    Kind.UNAVAILABLE: (
        "20000, service unavailable; nothing was done.",
        "返回 20000 服务不可用，请求未执行。",
    ),
    Kind.GARBAGE: (
        "It is done, but the answer is no JSON.",
        "请求已执行，但应答不是 JSON。",
    ),
    Kind.WRONG_SIGNATURE: (
        "It is done, but the answer is signed with another key.",
        "请求已执行，但应答用其他密钥签名。",
    ),
    Kind.UNSIGNED: (
        "It is done, but the answer has no signature.",
        "请求已执行，但应答没有签名。",
    ),
    Kind.ANSWER_LOST: (
        "It is done, but the connection closes before the answer.",
        "请求已执行，但应答前连接断开。",
    ),
    Kind.SYSTEM_ERROR_AFTER: (
        "It is done, but the answer says ACQ.SYSTEM_ERROR.",
        "请求已执行，但返回 ACQ.SYSTEM_ERROR。",
    ),
    Kind.NEWS_LOST: (
        "A notification is never sent, and not tried again.",
        "通知丢失，且不再重发。",
    ),
    Kind.NEWS_DELAYED: (
        "A notification comes late.",
        "通知延迟送达。",
    ),
    Kind.NEWS_TWICE: (
        "A notification comes twice, at the same time unless told otherwise.",
        "通知重复送达，默认两次同时发出。",
    ),
    Kind.NEWS_OUT_OF_ORDER: (
        "A notification waits until the trade's next one is out.",
        "通知等到该交易的下一条通知发出之后才发送。",
    ),
    Kind.NEWS_FORGED: (
        "A forged notification, signed with another key, comes first.",
        "先收到一条用其他密钥签名的伪造通知。",
    ),
    Kind.NEWS_WRONG_AMOUNT: (
        "A truly signed notification that names another amount comes first.",
        "先收到一条签名有效、但金额不同的通知。",
    ),
    Kind.NEWS_OTHER_APP: (
        "A truly signed notification that names another app comes first.",
        "先收到一条签名有效、但应用不同的通知。",
    ),
    Kind.NEWS_OTHER_SELLER: (
        "A truly signed notification that names another seller comes first.",
        "先收到一条签名有效、但卖家不同的通知。",
    ),
    Kind.REFUND_PROCESSING: (
        "A refund stays processing for a while.",
        "退款在一段时间内处于处理中。",
    ),
    Kind.REFUND_NO_BALANCE: (
        "A refund is refused: the seller has too little money.",
        "退款因卖家余额不足被拒绝。",
    ),
    Kind.TRANSFER_DEALING: (
        "A transfer is under way for a while, then succeeds.",
        "转账处理中，一段时间后成功。",
    ),
    Kind.TRANSFER_FAILS_LATE: (
        "A transfer is under way for a while, then fails; the money goes back.",
        "转账处理中，一段时间后失败，资金退回。",
    ),
    Kind.BILL_NOT_READY: (
        "The statement does not exist yet.",
        "账单尚未生成。",
    ),
    Kind.PAID_WHILE_CLOSING: (
        "A close comes a moment too late: the buyer has just paid.",
        "关闭交易晚了一步：买家刚刚付款。",
    ),
    Kind.PAID_AFTER_CLOSING: (
        "An order that was closed before anybody scanned it is paid after all.",
        "未扫码即被关闭的订单，之后仍被支付。",
    ),
    Kind.PAID_TWICE: (
        "Whoever pays also pays the shop's order before it.",
        "买家付款时，同一商家的上一笔订单也被支付。",
    ),
}

GROUPS = {
    "gateway": (
        Kind.SLOW,
        Kind.HTTP_500,
        Kind.CLOSED_CONNECTION,
        Kind.SYSTEM_ERROR,
        Kind.UNAVAILABLE,
        Kind.GARBAGE,
        Kind.WRONG_SIGNATURE,
        Kind.UNSIGNED,
        Kind.ANSWER_LOST,
        Kind.SYSTEM_ERROR_AFTER,
    ),
    "news": tuple(kind for kind in Kind if kind.startswith("news_")),
    "money": (
        Kind.REFUND_PROCESSING,
        Kind.REFUND_NO_BALANCE,
        Kind.TRANSFER_DEALING,
        Kind.TRANSFER_FAILS_LATE,
        Kind.BILL_NOT_READY,
    ),
    "buyers": (
        Kind.PAID_WHILE_CLOSING,
        Kind.PAID_AFTER_CLOSING,
        Kind.PAID_TWICE,
    ),
}
"""Where each would strike, for whoever looks for one."""

TAKES_SECONDS = {
    Kind.SLOW: 6,
    Kind.NEWS_DELAYED: 60,
    Kind.NEWS_OUT_OF_ORDER: 600,
    Kind.REFUND_PROCESSING: 600,
    Kind.TRANSFER_DEALING: 600,
    Kind.TRANSFER_FAILS_LATE: 600,
    Kind.PAID_AFTER_CLOSING: 1,
}
"""The kinds that last, and how many seconds unless told otherwise."""


def sentence(lang: str, kind: Kind) -> str:
    """Say what a fault does."""
    return SENTENCES[kind][1 if lang == "zh" else 0]
