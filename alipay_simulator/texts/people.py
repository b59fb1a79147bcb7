"""The test buyers: what each is for."""

TEXTS: dict[str, tuple[str, str]] = {
    "people_head": ("Test buyers", "测试买家"),
    "people_line": (
        "Both passwords of every buyer are {password}.",
        "所有买家的登录密码和支付密码都是 {password}。",
    ),
    "people_troubles": ("Buyers who run into trouble", "会遇到问题的买家"),
    "use": ("Fill in", "填入"),
    "use_whom": ("Fill in {name}", "填入{name}"),
    "for_mei": (
        "Can pay anything: a full balance, a card, a credit line",
        "什么都能付：余额充足，有银行卡和信用付",
    ),
    "for_jun": (
        "The second buyer: two cards and a credit line",
        "第二位买家：两张银行卡和信用付",
    ),
    "for_poor": ("Has too little money", "余额不足"),
    "for_limit": ("Limits of a payment and of a day", "单笔和单日限额很低"),
    "for_debt": ("Nothing left, all credit used up", "余额为零，额度用完"),
    "for_unverified": ("Signs in, but is not verified", "能登录，但未实名认证"),
    "for_risk": ("Is stopped by the risk check", "付款时被风控拦截"),
    "for_locked": ("Payments are locked", "付款功能已锁定"),
    "for_region": ("Refused at sign-in: region", "登录被拒：地区不支持"),
    "for_blocked": ("Refused at sign-in: blocked", "登录被拒：账户冻结"),
}

IN_TROUBLE = {
    "poor",
    "limit",
    "debt",
    "unverified",
    "risk",
    "locked",
    "region",
    "blocked",
}
"""Who is listed apart, because his payments fail."""


def login_of(logon_id: str) -> str:
    """Return what the texts call somebody: ``mei`` for ``mei1234@sandbox.com``."""
    return logon_id.partition("@")[0].removesuffix("1234")
