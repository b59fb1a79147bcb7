"""The wallet."""

TEXTS: dict[str, tuple[str, str]] = {
    "wallet_title": ("A buyer's wallet", "买家钱包"),
    "wallet_line": (
        "What a buyer has, what waits to be paid, and a code to scan.",
        "查看余额、待付款订单，或输入二维码付款。",
    ),
    "wallet_leave": ("Sign out", "退出登录"),
    "to_wallet": ("To the wallet", "返回钱包"),
    "wallet_scan": ("Scan a code", "扫一扫"),
    "wallet_sources": ("Money and cards", "资金与银行卡"),
    "waiting_head": ("To be paid", "待付款"),
    "waiting_none": (
        "Nothing waits. Orders that shops make for this buyer appear here, and those "
        "opened by a code.",
        "没有待付款订单。商家为此买家创建的订单，以及扫码打开的订单会显示在这里。",
    ),
    "until_when": ("until {time}", "{time} 前付款"),
    "pay": ("Pay", "付款"),
    "pay_which": ("Pay {amount}: {subject}", "付款 {amount}：{subject}"),
    "payments_head": ("Payments", "付款记录"),
    "part_back": ("{amount} refunded", "已退 {amount}"),
    "payments_none": ("No payments yet.", "还没有付款记录。"),
    "wallet_BUYER_NOT_VERIFIED": (
        "Its owner is not verified yet. Use another buyer.",
        "此账户尚未实名认证，请换个买家。",
    ),
    "wallet_PAY_PASSWORD_LOCKED": (
        "Too many wrong passwords: locked until {until}, Beijing time.",
        "密码错误次数过多：锁定至北京时间 {until}。",
    ),
    "wallet_BUYER_ENABLE_STATUS_FORBID": (
        "The account is blocked. Use another buyer.",
        "账户已被冻结，请换个买家。",
    ),
    "wallet_BUYER_REGION_RESTRICTED": (
        "Not available in this account's region. Use another buyer.",
        "账户所在地区不支持付款，请换个买家。",
    ),
}
