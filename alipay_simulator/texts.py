"""All texts of the pages, in English and Chinese; a plain table, no build step."""

from typing import Any

from django.http import HttpRequest

COOKIE = "sim_lang"
LANGUAGES = {"en": "English", "zh": "中文"}
HTML_LANG = {"en": "en", "zh": "zh-Hans"}

TEXTS: dict[str, tuple[str, str]] = {
    # Every page
    "ribbon": ("SIMULATOR · no real money", "模拟器 · 非真实资金"),
    "house": ("Sandbank", "沙洲收银台"),
    "house_line": (
        "Simulates the Alipay gateway for tests and demos. Not connected with Alipay.",
        "为测试和演示模拟支付宝网关，与支付宝公司无关。",
    ),
    "skip": ("Skip to content", "跳到正文"),
    "switch_language": ("Language", "语言"),
    # The order
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
    "scanned_line": (
        "Scanned. Confirm the payment on the phone.",
        "已扫码，请在手机上确认付款。",
    ),
    "sign_in_head": ("Sign in to pay", "登录账户付款"),
    "account": ("Account", "账户名"),
    "sign_in_password": ("Sign-in password", "登录密码"),
    "next": ("Next", "下一步"),
    "wrong_sign_in": (
        "Account and password do not match.",
        "账户名或登录密码不正确。",
    ),
    "people_head": ("Test buyers", "测试买家"),
    "people_line": (
        "Both passwords of every buyer are {password}.",
        "所有买家的登录密码和支付密码都是 {password}。",
    ),
    "use": ("Fill in", "填入"),
    "use_whom": ("Fill in {name}", "填入{name}"),
    "quit": ("Back to the shop without paying", "不付款，返回商家"),
    # Confirming
    "confirm_title": ("Confirm payment", "确认付款"),
    "signed_in_as": ("Signed in as {name}", "当前账户：{name}"),
    "other_account": ("Use another account", "换个账户"),
    "ways_head": ("Pay with", "付款方式"),
    "available": ("{amount} available", "可用 {amount}"),
    "limit": ("Up to {amount} a payment", "单笔限额 {amount}"),
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
    "why_CHANNEL_NOT_ACCEPTED": (
        "Not accepted by this shop",
        "商家不支持此付款方式",
    ),
    "none_usable": (
        "None of these can pay {amount}. This order belongs to this account now: "
        "to pay from another, go back to the shop and start a new payment.",
        "以上方式都无法支付 {amount}。订单已归属此账户；"
        "如需换账户，请返回商家重新发起支付。",
    ),
    "pay_password": ("Payment password", "支付密码"),
    "pay_password_hint": ("Six digits, here {password}", "6 位数字，此处为 {password}"),
    "pay_now": ("Pay {amount}", "确认付款 {amount}"),
    "problem_head": ("The payment did not go through", "付款未成功"),
    "problem_choose": ("Choose a way to pay.", "请选择付款方式。"),
    "problem_WRONG_PAY_PASSWORD": (
        "Wrong payment password. Tries left: {left}.",
        "支付密码错误，还可以输入 {left} 次。",
    ),
    "problem_PAY_PASSWORD_LOCKED": (
        "Too many wrong passwords. Payments are locked until {until}.",
        "密码错误次数过多，付款功能已锁定至 {until}。",
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
    "problem_CHANNEL_NOT_ACCEPTED": (
        "This shop does not accept that. Choose another way to pay.",
        "商家不支持此付款方式，请选择其他方式。",
    ),
    # The result
    "paid_title": ("Payment successful", "付款成功"),
    "paid_with": ("Paid with", "付款方式"),
    "paid_at": ("Time", "付款时间"),
    "returning": (
        "Back to the shop in {seconds} s.",
        "{seconds} 秒后自动返回商家。",
    ),
    "return_now": ("Back to the shop", "返回商家"),
    "close_page": (
        "You can put the phone away. The shop has been told.",
        "可以收起手机了，商家会收到付款结果。",
    ),
    "no_return": (
        "You can close this page. The shop has been told.",
        "可以关闭本页，商家会收到付款结果。",
    ),
    # Refusals
    "refused_TRADE_HAS_SUCCESS": ("This order is already paid", "订单已付款"),
    "more_TRADE_HAS_SUCCESS": (
        "Nothing more is to be paid, and nothing was taken from you.",
        "无需再次付款，您的账户没有扣款。",
    ),
    "refused_TRADE_HAS_CLOSE": ("This order is closed", "交易已关闭"),
    "more_TRADE_HAS_CLOSE": (
        "The shop closed it, or its money went back in full. It cannot be paid.",
        "商家已关闭此订单，或款项已全额退回，无法付款。",
    ),
    "refused_TRADE_EXPIRED": ("The time to pay is over", "订单已过期"),
    "more_TRADE_EXPIRED": (
        "Nothing was taken from you. Order again in the shop.",
        "您的账户没有扣款。请回商家重新下单。",
    ),
    "refused_QR_CODE_EXPIRED": ("This code has expired", "二维码已过期"),
    "more_QR_CODE_EXPIRED": (
        "Ask the shop for a new one.",
        "请在商家页面获取新的二维码。",
    ),
    "refused_TRADE_BUYER_NOT_MATCH": (
        "Another buyer is paying this order",
        "该订单由其他买家付款",
    ),
    "more_TRADE_BUYER_NOT_MATCH": (
        "An order belongs to the account that scanned or signed in first.",
        "订单属于最先扫码或登录的账户。",
    ),
    "refused_BUYER_SELLER_EQUAL": (
        "A shop cannot pay itself",
        "买家和卖家不能是同一账户",
    ),
    "more_BUYER_SELLER_EQUAL": (
        "Sign in with a buyer's account.",
        "请使用买家账户登录。",
    ),
    # The front door and small messages
    "index_title": ("A payment gateway for tests", "用于测试的支付网关"),
    "index_line": (
        "Shops connect here as they would to Alipay. Buyers, cards and money are "
        "made up.",
        "商家像接入支付宝一样接入这里；买家、银行卡和资金都是虚构的。",
    ),
    "index_code": ("Scan by typing", "手动输入二维码"),
    "index_code_hint": (
        "The text in the QR code: bax…, or the whole address",
        "二维码内容：bax… 或完整网址",
    ),
    "index_code_wrong": (
        "That is no code of this simulator.",
        "这不是本模拟器的二维码。",
    ),
    "open": ("Open", "打开"),
    "to_control": (
        "Orders, refunds, notifications and the clock",
        "订单、退款、通知与时钟",
    ),
    "control_only_here": (
        "The control page answers this machine only.",
        "控制台仅限本机访问。",
    ),
    "msg_not_found": ("There is nothing here", "页面不存在"),
    "msg_not_found_line": (
        "The code or address is not known to this simulator.",
        "本模拟器没有这个二维码或地址。",
    ),
    "msg_forbidden": ("This machine only", "仅限本机访问"),
    "msg_forbidden_line": (
        "The control page can be opened only on the machine the simulator runs on.",
        "只能在运行模拟器的机器上打开控制台。",
    ),
    "msg_csrf": ("Please load the page again", "请重新打开页面"),
    "msg_csrf_line": (
        "The form had grown old, or cookies are switched off. Nothing happened.",
        "表单已失效，或浏览器禁用了 Cookie。未进行任何操作。",
    ),
    "msg_failed": ("Something broke inside", "内部错误"),
    "msg_failed_line": (
        "The simulator could not answer. Its log says why.",
        "模拟器未能响应，原因见日志。",
    ),
    "to_index": ("To the front page", "返回首页"),
    "error_page_title": ("The shop's request was refused", "商家的请求被拒绝"),
    "error_page_line": (
        "Go back to the shop and try again. For its developers:",
        "请返回商家重试。供开发者参考：",
    ),
    # The control page
    "control_title": ("Control", "控制台"),
    "clock_head": ("Clock", "时钟"),
    "clock_real": ("The machine's time.", "与本机时间一致。"),
    "clock_moved": ("Moved by hand.", "已手动调整。"),
    "beijing_time": ("Beijing time", "北京时间"),
    "step_hour": ("+ 1 hour", "+ 1 小时"),
    "step_day": ("+ 1 day", "+ 1 天"),
    "step_week": ("+ 7 days", "+ 7 天"),
    "step_back": ("Back to real time", "恢复真实时间"),
    "notices_flow": ("Notifications are being sent.", "通知正常发送。"),
    "notices_paused": (
        "Notifications are held back.",
        "通知已暂停发送。",
    ),
    "pause": ("Hold back", "暂停通知"),
    "unpause": ("Let go", "恢复通知"),
    "app_head": ("App", "应用"),
    "seller": ("Seller", "卖家"),
    "people_table": ("People and money", "人员与资金"),
    "person": ("Person", "人员"),
    "orders_head": ("Orders", "订单"),
    "orders_none": (
        "No orders yet. They appear when a shop asks to be paid.",
        "还没有订单。商家发起收款后会显示在这里。",
    ),
    "subject": ("Subject", "商品"),
    "status": ("Status", "状态"),
    "buyer": ("Buyer", "买家"),
    "created": ("Created", "创建时间"),
    "refunded": ("{amount} refunded", "已退 {amount}"),
    "scan_as_phone": ("Open as a phone", "模拟扫码"),
    "refunds_head": ("Refunds", "退款"),
    "refunds_none": ("No refunds yet.", "还没有退款。"),
    "refund_no": ("Refund number", "退款请求号"),
    "to_account": ("To", "退回"),
    "time": ("Time", "时间"),
    "news_head": ("Notifications", "通知"),
    "news_none": ("No notifications yet.", "还没有通知。"),
    "event": ("Event", "事件"),
    "address": ("Address", "地址"),
    "attempts": ("Attempts", "发送记录"),
    "next_try": ("next {time}", "下次 {time}"),
    "send_again": ("Send again", "重新发送"),
    "send_again_which": ("Send {event} of {order} again", "重新发送 {order} 的{event}"),
    "st_none": ("Not scanned", "未扫码"),
    "st_cancelled": ("Cancelled", "已撤销"),
    "st_WAIT_BUYER_PAY": ("Waiting", "等待付款"),
    "st_TRADE_SUCCESS": ("Paid", "已付款"),
    "st_TRADE_CLOSED": ("Closed", "已关闭"),
    "st_TRADE_FINISHED": ("Finished", "已完结"),
    "ns_pending": ("Waiting", "待发送"),
    "ns_delivered": ("Delivered", "已送达"),
    "ns_given_up": ("Given up", "已放弃"),
    "ev_created": ("Created", "交易创建"),
    "ev_paid": ("Paid", "付款成功"),
    "ev_part_refund": ("Part refund", "部分退款"),
    "ev_full_refund": ("Full refund", "全额退款"),
    "ev_closed": ("Closed", "交易关闭"),
    "ev_finished": ("Finished", "交易完结"),
}


def say(lang: str, key: str, **values: Any) -> str:
    """Return a text with its values filled in."""
    return TEXTS[key][1 if lang == "zh" else 0].format(**values)


def choose(asked: str | None, remembered: str | None, accepted: str) -> str:
    """Choose a language: the one asked for, else remembered, else the browser's."""
    for wish in (asked, remembered):
        if wish in LANGUAGES:
            return str(wish)
    for wish in accepted.lower().split(","):
        lang = wish.strip()[:2]
        if lang in LANGUAGES:
            return lang
    return "en"


def language_of(request: HttpRequest) -> str:
    """Return the language the middleware has settled for this request."""
    return getattr(request, "sim_lang", "en")


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template its language and the way to the other one."""
    lang = language_of(request)
    other = "en" if lang == "zh" else "zh"
    return {
        "lang": lang,
        "html_lang": HTML_LANG[lang],
        "other_lang": other,
        "other_html_lang": HTML_LANG[other],
        "other_name": LANGUAGES[other],
    }
