"""What the gateway says when it says no."""

from collections.abc import Mapping
from typing import Any

MESSAGES = {
    "10000": "Success",
    "20000": "Service Currently Unavailable",
    "40001": "Missing Required Arguments",
    "40002": "Invalid Arguments",
    "40003": "Insufficient Conditions",
    "40004": "Business Failed",
    "40006": "Insufficient Permissions",
}
"""The ``msg`` that belongs to each ``code``."""

TEXTS = {
    "AQC.SYSTEM_ERROR": "系统繁忙",
    "SYSTEM_ERROR": "系统繁忙",
    "isp.unknow-error": "系统繁忙",
    "isv.decryption-error-unknown": "解密出错, 未知错误",
    "isv.missing-app-id": "缺少AppID参数",
    "isv.missing-method": "缺少方法名参数",
    "isv.missing-signature": "缺少签名参数",
    "isv.missing-signature-type": "缺少签名类型参数",
    "isv.missing-timestamp": "缺少时间戳参数",
    "isv.missing-version": "缺少版本参数",
    "isv.missing-encrypt-key": "缺少加密配置",
    "isv.missing-signature-config": "验签出错, 未配置对应签名算法的公钥或者证书",
    "isv.invalid-app-id": "无效的AppID参数",
    "isv.invalid-app-state": "应用状态不可用",
    "isv.invalid-charset": "字符集错误",
    "isv.invalid-encrypt-type": "无效的加密类型",
    "isv.invalid-format": "无效的数据格式",
    "isv.invalid-method": "不存在的方法名",
    "isv.invalid-parameter": "参数无效",
    "isv.invalid-signature": (
        "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，"
        "网关生成的验签字符串为："
    ),
    "isv.invalid-signature-type": "无效的签名类型",
    "isv.invalid-timestamp": "非法的时间戳参数",
    "isv.insufficient-isv-permissions": "ISV权限不足",
    "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR": "分账金额校验失败",
    "ACQ.CONTEXT_INCONSISTENT": "交易信息被篡改",
    "ACQ.DISCORDANT_REPEAT_REQUEST": "不一致的请求",
    "ACQ.INVALID_PARAMETER": "参数无效",
    "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR": "当前时间已超过订单有效期",
    "ACQ.REASON_TRADE_REFUND_FEE_ERR": "退款金额无效",
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": "撤销或退款金额与订单金额不一致",
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": "卖家余额不足",
    "ACQ.SUB_GOODS_SIZE_MAX_COUNT": "商品明细数量超过限制",
    "ACQ.SYSTEM_ERROR": "系统繁忙",
    "ACQ.TOTAL_FEE_EXCEED": "订单总金额不在允许范围内",
    "ACQ.TRADE_HAS_CLOSE": "交易已经关闭",
    "ACQ.TRADE_HAS_FINISHED": "交易已完结",
    "ACQ.TRADE_HAS_SUCCESS": "交易已被支付",
    "ACQ.TRADE_NOT_EXIST": "交易不存在",
    "ACQ.TRADE_STATUS_ERROR": "交易状态不合法",
    "ACQ.BUYER_ENABLE_STATUS_FORBID": "买家状态非法",
    "ACQ.BUYER_NOT_EXIST": "买家不存在",
    "ACQ.BUYER_SELLER_EQUAL": "买卖家不能相同",
    "ACQ.SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID": "二级商户账户异常",
    "ACQ.SECONDARY_MERCHANT_CARD_ALIAS_NO_INVALID": "二级商户银行卡编号错误",
    "ACQ.SECONDARY_MERCHANT_ID_INVALID": "二级商户不存在",
    "ACQ.ALREADY_CONFIRM_SETTLE": "交易已确认结算",
    "ACQ.CONFIRM_REFUSE_AFTER_REFUND": "交易已退款，不允许确认结算",
    "ACQ.INVALID_SETTLE_AMOUNT_PARAMETER": "结算金额有误",
    "ACQ.TRADE_SETTLE_ERROR": "结算异常",
    "ACQ.ALLOC_REFUSE_AFTER_REFUND": "交易已退款，不允许分账",
    "ACQ.ALLOC_REFUSE_BEFORE_SETTLE": "结算前不允许分账",
    "ACQ.ALREADY_FINISH_ALLOC": "交易已完结分账",
    "ACQ.CURRENCY_NOT_SUPPORT": "币种不支持",
    "ACQ.OPENID_APPID_NOT_MATCH": "openId与appId不匹配",
    "ACQ.RECEIVER_ACCOUNT_NOT_CERTIFY": "分账收款方未实名认证",
    "ACQ.RECEIVER_ACCOUNT_NO_BALANCE": "分账收款方没有余额账户",
    "ACQ.RECEIVER_ACCOUNT_STATE_INVALID": "分账收款方账户状态异常",
    "ACQ.RECEIVER_LIST_EMPTY": "分账接收方列表为空",
    "ACQ.RECEIVER_LIST_OVERLOAD": "分账接收方列表超过上限",
    "ACQ.INVALID_RECEIVER_TYPE": "分账接收方类型错误",
    "ACQ.REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST": "退分账支出方账户不存在",
    "ACQ.RELATION_QUANTITY_LIMIT": "分账关系数量超限",
    "ACQ.ROYALTY_ACCOUNTS_EQUAL": "分账收支方不能相同",
    "ACQ.ROYALTY_ACCOUNT_NAME_NOT_MATCH": "分账收款方姓名不匹配",
    "ACQ.ROYALTY_ACCOUNT_NOT_EXIST": "分账账户不存在",
    "ACQ.ROYALTY_RECEIVER_INVALID": "分账收款方无效",
    "ACQ.TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH": "账户余额不足",
    "ACQ.USERNAME_NOT_MATCH": "用户姓名不匹配",
    "ACQ.USER_NOT_EXIST": "用户不存在",
    "EXCEED_LIMIT_DM_AMOUNT": "超出单日转账限额",
    "EXCEED_LIMIT_MM_AMOUNT": "超出单月转账限额",
    "EXCEED_LIMIT_SM_AMOUNT": "超出单笔转账限额",
    "EXCEED_LIMIT_SM_MIN_AMOUNT": "低于单笔转账最低金额",
    "INVALID_PARAMETER": "参数有误",
    "NO_ORDER_PERMISSION": "没有操作此转账单的权限",
    "ORDER_NOT_EXIST": "转账订单不存在",
    "PAYEE_ACCOUNT_STATUS_ERROR": "收款方账户状态异常",
    "PAYEE_NOT_EXIST": "收款账号不存在",
    "PAYEE_USER_INFO_ERROR": "收款用户姓名与账号不匹配",
    "PAYER_BALANCE_NOT_ENOUGH": "付款方余额不足",
    "PAYER_PAYEE_CANNOT_SAME": "收付款方不能相同",
    "PAYMENT_INFO_INCONSISTENCY": "两次请求商户单号一样，但是参数不一致",
    "isp.bill_not_exist": "账单不存在",
    "isv.invalid_arguments": "入参不合法",
}
"""The ``sub_msg`` of each ``sub_code`` this gateway sends."""


class GatewayError(Exception):
    """A refusal in the words of the wire.

    ``fields`` are further members of the answer's node, such as the
    ``out_trade_no`` that refused refunds carry.
    """

    def __init__(
        self,
        code: str,
        sub_code: str,
        detail: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code} {sub_code}{detail}")
        self.code = code
        self.sub_code = sub_code
        self.detail = detail
        self.sub_msg = TEXTS[sub_code] + detail
        self.fields = dict(fields or {})

    def node(self) -> dict[str, Any]:
        """Return the members of the answer's node."""
        return {
            "code": self.code,
            "msg": MESSAGES[self.code],
            "sub_code": self.sub_code,
            "sub_msg": self.sub_msg,
            **self.fields,
        }


class Refused(GatewayError):
    """The method's own refusal: 40004 with an ``ACQ.`` code."""

    def __init__(
        self, name: str, detail: str = "", fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__("40004", f"ACQ.{name}", detail, fields)
        self.name = name


class Declined(GatewayError):
    """A refusal of funds or bills, whose codes lack the ``ACQ.``."""

    def __init__(self, sub_code: str, detail: str = "") -> None:
        super().__init__("40004", sub_code, detail)


def system_error(method: str) -> GatewayError:
    """Something broke at Alipay; each family of methods spells it its own way."""
    prefix = "ACQ." if method.startswith("alipay.trade.") else ""
    if method == "alipay.trade.cancel":
        prefix = "AQC."
    return GatewayError("40004", f"{prefix}SYSTEM_ERROR")


def bad_field(name: str) -> Refused:
    """A field is missing or malformed."""
    return Refused("INVALID_PARAMETER", f"：{name}")
