"""What a buyer reads when an order cannot be paid: what, why, his money, what next."""

TEXTS: dict[str, tuple[str, str]] = {
    "your_money": ("Your money", "您的资金"),
    "what_now": ("What now", "接下来"),
    "money_none": (
        "No money has moved: nothing was taken.",
        "资金没有变动，没有扣款。",
    ),
    "money_back": (
        "{amount} was paid, and all of it went back to: {source}.",
        "已付的 {amount} 已全额退回：{source}。",
    ),
    # Paid
    "refused_TRADE_HAS_SUCCESS": ("This order is already paid", "订单已付款"),
    "more_TRADE_HAS_SUCCESS": (
        "An order is paid once. This one has been.",
        "每笔订单只需付款一次，此订单已付清。",
    ),
    "next_TRADE_HAS_SUCCESS": (
        "Nothing more is to be paid. If you ordered it, the shop shows it as paid.",
        "无需再次付款。如果是您的订单，可在商家处查看。",
    ),
    # Closed
    "refused_TRADE_HAS_CLOSE": ("This order is closed", "交易已关闭"),
    "more_TRADE_HAS_CLOSE": (
        "The shop has closed it. It cannot be paid any more.",
        "商家已关闭此订单，无法再付款。",
    ),
    "next_TRADE_HAS_CLOSE": (
        "Look at your order in the shop: start a new payment there, or order again.",
        "请回商家查看订单：可重新发起付款，或重新下单。",
    ),
    "refused_REFUNDED": ("This order was refunded", "订单已全额退款"),
    "more_REFUNDED": (
        "You paid it, and the shop gave all of it back.",
        "您已付款，商家已全额退回。",
    ),
    "next_REFUNDED": (
        "Nothing is left to do. To buy it again, order again in the shop.",
        "无需任何操作。如需再次购买，请回商家重新下单。",
    ),
    # Too late
    "refused_TRADE_EXPIRED": ("The time to pay is over", "订单已过期"),
    "more_TRADE_EXPIRED": (
        "The order was not paid in time and has closed by itself.",
        "订单未在规定时间内付款，已自动关闭。",
    ),
    "next_TRADE_EXPIRED": (
        "Look at your order in the shop: start a new payment there, or order again.",
        "请回商家查看订单：可重新发起付款，或重新下单。",
    ),
    "refused_QR_CODE_EXPIRED": ("This code has expired", "二维码已过期"),
    "more_QR_CODE_EXPIRED": (
        "The order may be open still, but not by this code.",
        "订单可能仍然有效，但此二维码已不能使用。",
    ),
    "next_QR_CODE_EXPIRED": (
        "Ask the shop for a new code and scan that.",
        "请在商家页面获取新的二维码后再扫。",
    ),
    # The wrong person
    "refused_TRADE_BUYER_NOT_MATCH": (
        "Another buyer has opened this order",
        "订单已被其他买家打开",
    ),
    "more_TRADE_BUYER_NOT_MATCH": (
        "An order belongs to the account that scanned its code or signed in first.",
        "订单属于最先扫码或登录的账户。",
    ),
    "next_TRADE_BUYER_NOT_MATCH": (
        "Sign in with that account, or start a new payment in the shop.",
        "请用该账户登录，或返回商家重新发起支付。",
    ),
    "refused_BUYER_SELLER_EQUAL": (
        "A shop cannot pay itself",
        "买家和卖家不能是同一账户",
    ),
    "more_BUYER_SELLER_EQUAL": (
        "This account is the one to be paid.",
        "此账户正是收款方。",
    ),
    "next_BUYER_SELLER_EQUAL": (
        "Sign in with a buyer's account.",
        "请使用买家账户登录。",
    ),
    "refused_BUYER_ENABLE_STATUS_FORBID": (
        "This account is blocked",
        "账户已被冻结",
    ),
    "more_BUYER_ENABLE_STATUS_FORBID": (
        "A blocked account can neither sign in nor pay.",
        "被冻结的账户无法登录或付款。",
    ),
    "next_BUYER_ENABLE_STATUS_FORBID": (
        "Pay from another account: this one has not been tied to the order.",
        "请换个账户付款：订单没有绑定此账户。",
    ),
    "refused_BUYER_REGION_RESTRICTED": (
        "Not available in this account's region",
        "账户所在地区不支持付款",
    ),
    "more_BUYER_REGION_RESTRICTED": (
        "Accounts registered there cannot pay here.",
        "在该地区注册的账户无法在此付款。",
    ),
    "next_BUYER_REGION_RESTRICTED": (
        "Pay from another account: this one has not been tied to the order.",
        "请换个账户付款：订单没有绑定此账户。",
    ),
}
