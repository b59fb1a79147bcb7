"""What a buyer reads at the cashier and in the wallet."""

TEXTS: dict[str, tuple[str, str]] = {
    # The order
    "goods": ("Subject", "商品"),
    "order": ("Order", "订单"),
    "amount": ("Amount", "金额"),
    "payee": ("Payee", "收款方"),
    "order_no": ("Order number", "商户订单号"),
    "trade_no": ("Transaction", "交易号"),
    "pay_before": ("Pay before", "付款截止"),
    # Signing in
    "sign_in_title": ("Pay {name}", "向{name}付款"),
    "scan_title": ("Pay with your phone", "手机扫码支付"),
    "scan_line": (
        "Scan the code with the wallet on your phone. This page moves on by itself.",
        "用手机钱包扫描二维码，付款后本页会自动跳转。",
    ),
    "scan_alt": ("QR code for this order", "本订单的付款二维码"),
    "no_phone": ("No phone at hand? Open it as a phone", "手边没有手机？在此模拟扫码"),
    "check_again": ("I have paid, check now", "我已付款，立即查看"),
    "scanned_head": ("Scanned", "已扫码"),
    "scanned_line": (
        "Confirm the payment on the phone. This page moves on by itself.",
        "请在手机上确认付款，付款后本页会自动跳转。",
    ),
    "go_on_as": ("Go on as {name}", "以{name}的身份继续"),
    "or_other_account": ("or with another account", "或使用其他账户"),
    "sign_in_head": ("Sign in to pay", "登录账户付款"),
    "account": ("Account", "账户名"),
    "sign_in_password": ("Sign-in password", "登录密码"),
    "next": ("Next", "下一步"),
    "wrong_sign_in": (
        "Account and password do not match.",
        "账户名或登录密码不正确。",
    ),
    "quit": ("Back to the shop without paying", "不付款，返回商家"),
    "quit_by_closing": (
        "Not paying? Close this page: nothing is taken, the order stays unpaid.",
        "不想付款？关闭本页即可：不会扣款，订单仍为未付款。",
    ),
    # Confirming
    "confirm_title": ("Confirm payment", "确认付款"),
    "signed_in_as": ("Signed in as {name}", "当前账户：{name}"),
    "other_account": ("Use another account", "换个账户"),
    "ways_head": ("Pay with", "付款方式"),
    "available": ("{amount} available", "可用 {amount}"),
    "limit": ("Up to {amount} a payment", "单笔限额 {amount}"),
    "day_limit": (
        "{left} of {amount} left today",
        "今日还可付 {left}，单日限额 {amount}",
    ),
    "why_BUYER_BALANCE_NOT_ENOUGH": (
        "Not enough: {amount} available",
        "余额不足：可用 {amount}",
    ),
    "why_BUYER_CREDIT_NOT_ENOUGH": (
        "Not enough credit: {amount} left",
        "额度不足：剩余 {amount}",
    ),
    "why_PAYMENT_OVER_LIMIT": (
        "Over the limit of {amount} a payment",
        "超出单笔限额 {amount}",
    ),
    "why_BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": (
        "Over the day's limit: {amount} left today",
        "超出单日限额：今日还可付 {amount}",
    ),
    "why_CHANNEL_NOT_ACCEPTED": (
        "Not accepted by this shop",
        "商家不支持此付款方式",
    ),
    "none_usable": (
        "None of these can pay {amount}",
        "以上方式都无法支付 {amount}",
    ),
    "problem_none_usable": (
        "This order belongs to this account now. To pay from another, go back to the "
        "shop and start a new payment.",
        "订单已归属此账户。如需换账户，请返回商家重新发起支付。",
    ),
    "pay_password": ("Payment password", "支付密码"),
    "pay_password_hint": ("Six digits, here {password}", "6 位数字，此处为 {password}"),
    "pay_now": ("Pay {amount}", "确认付款 {amount}"),
    "problem_head": ("The payment did not go through", "付款未成功"),
    "obstacle_head": ("This account cannot pay now", "此账户暂时无法付款"),
    "problem_choose": ("Choose a way to pay.", "请选择付款方式。"),
    "problem_WRONG_PAY_PASSWORD": (
        "Wrong payment password. Tries left: {left}.",
        "支付密码错误，还可以输入 {left} 次。",
    ),
    "problem_PAY_PASSWORD_LOCKED": (
        "Too many wrong passwords. Payments are locked until {until}, Beijing time; "
        "after that this page can pay, while the order is open.",
        "密码错误次数过多，付款功能已锁定至北京时间 {until}。"
        "解锁后，订单有效期内可在本页付款。",
    ),
    "problem_BUYER_BALANCE_NOT_ENOUGH": (
        "The balance is too small. Choose another way to pay.",
        "余额不足，请选择其他付款方式。",
    ),
    "problem_BUYER_CREDIT_NOT_ENOUGH": (
        "The credit left is too small. Choose another way to pay.",
        "信用额度不足，请选择其他付款方式。",
    ),
    "problem_PAYMENT_OVER_LIMIT": (
        "The amount is over this card's limit. Choose another way to pay.",
        "金额超出此卡单笔限额，请选择其他付款方式。",
    ),
    "problem_BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": (
        "The amount is over what this may still pay today. Choose another way to pay.",
        "金额超出今日剩余限额，请选择其他付款方式。",
    ),
    "problem_BUYER_NOT_VERIFIED": (
        "This account's owner is not verified yet, so it cannot pay. To pay from "
        "another account, go back to the shop and start a new payment.",
        "此账户尚未实名认证，无法付款。如需换账户，请返回商家重新发起支付。",
    ),
    "problem_PAYMENT_REQUEST_HAS_RISK": (
        "The risk check stopped this payment. The order stays open: try again later, "
        "or start a new payment in the shop and use another account.",
        "支付存在风险，已被拦截。订单仍可付款：请稍后再试，"
        "或返回商家重新发起支付并换个账户。",
    ),
    "problem_BUYER_ENABLE_STATUS_FORBID": (
        "This account is blocked and cannot pay.",
        "此账户已被冻结，无法付款。",
    ),
    "problem_BUYER_REGION_RESTRICTED": (
        "This account cannot pay from its region.",
        "此账户所在地区不支持付款。",
    ),
    "problem_CHANNEL_NOT_ACCEPTED": (
        "This shop does not accept that. Choose another way to pay.",
        "商家不支持此付款方式，请选择其他方式。",
    ),
    # The result
    "paid_title": ("Payment successful", "付款成功"),
    "paid_with": ("Paid with", "付款方式"),
    "paid_at": ("Time", "付款时间"),
    "gone_back": ("Refunded", "已退款"),
    "returning": (
        "Back to the shop in {seconds} s.",
        "{seconds} 秒后自动返回商家。",
    ),
    "return_now": ("Back to the shop", "返回商家"),
    "told_shop": ("The shop has been told.", "商家会收到付款结果。"),
    "close_page": (
        "You can put the phone away. The shop has been told.",
        "可以收起手机了，商家会收到付款结果。",
    ),
    "no_return": (
        "You can close this page. The shop has been told.",
        "可以关闭本页，商家会收到付款结果。",
    ),
}
