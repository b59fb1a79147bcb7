"""Every page, the front door, and small messages."""

TEXTS: dict[str, tuple[str, str]] = {
    # Every page
    "ribbon": ("SIMULATOR · no real money", "模拟器 · 非真实资金"),
    "house": ("Sandbank", "沙洲收银台"),
    "house_line": (
        "Simulates the Alipay gateway for tests and demos. Not connected with Alipay.",
        "为测试和演示模拟支付宝网关，与支付宝公司无关。",
    ),
    "times_line": ("All times are Beijing time.", "所有时间均为北京时间。"),
    "skip": ("Skip to content", "跳到正文"),
    "switch_language": ("Language", "语言"),
    # The front door and small messages
    "index_title": ("A payment gateway for tests", "用于测试的支付网关"),
    "index_line": (
        "Shops connect here as they would to Alipay. Buyers, cards and money are "
        "made up.",
        "商家像接入支付宝一样接入这里；买家、银行卡和资金都是虚构的。",
    ),
    "index_code": ("Scan by typing", "手动输入二维码"),
    "index_code_hint": (
        "The text in the QR code: bax…, or its whole address",
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
        "The form had grown old, or cookies are switched off. Nothing happened and no "
        "money has moved. Go back, load the page again, and repeat it.",
        "表单已失效，或浏览器禁用了 Cookie。未进行任何操作，资金没有变动。"
        "请返回并刷新页面后重试。",
    ),
    "msg_method": ("Not to be opened this way", "不能这样打开"),
    "msg_method_line": (
        "This address does not take that kind of request. Nothing happened.",
        "此地址不接受这种请求。未进行任何操作。",
    ),
    "msg_bad_request": ("The request makes no sense", "请求无效"),
    "msg_bad_request_line": (
        "It was too long or malformed, and was not read. Nothing happened.",
        "请求过长或格式错误，未被读取。未进行任何操作。",
    ),
    "msg_failed": ("Something broke inside", "内部错误"),
    "msg_failed_line": (
        "If you were paying, open the order again: it shows whether it is paid, and it "
        "is never paid twice. The simulator's log says what broke.",
        "如果正在付款，请重新打开订单：页面会显示是否已付款，同一订单不会重复扣款。"
        "出错原因见模拟器日志。",
    ),
    "to_index": ("To the front page", "返回首页"),
    "error_page_title": ("The shop's request was refused", "商家的请求被拒绝"),
    "error_page_line": (
        "This request has moved no money. Go back to the shop and try again. For its "
        "developers:",
        "此次请求没有扣款。请返回商家重试。供开发者参考：",
    ),
}
