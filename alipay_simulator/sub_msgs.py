"""The ``sub_msg`` of each ``sub_code``: what Alipay says when it says no.

Nobody may rely on the wording, only on the codes.
"""

OF_THE_GATEWAY = {
    "isp.unknow-error": "系统繁忙",
    "isv.decryption-error-unknown": "解密出错, 未知错误",
    "isv.insufficient-isv-permissions": "ISV权限不足",
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
    "isv.missing-app-id": "缺少AppID参数",
    "isv.missing-encrypt-key": "缺少加密配置",
    "isv.missing-method": "缺少方法名参数",
    "isv.missing-signature": "缺少签名参数",
    "isv.missing-signature-config": "验签出错, 未配置对应签名算法的公钥或者证书",
    "isv.missing-signature-type": "缺少签名类型参数",
    "isv.missing-timestamp": "缺少时间戳参数",
    "isv.missing-version": "缺少版本参数",
}
"""Refusals of any method."""

OF_TRADES = {
    "ALLOC_AMOUNT_VALIDATE_ERROR": "分账金额校验失败",
    "ALLOC_REFUSE_AFTER_REFUND": "交易已退款，不允许分账",
    "ALLOC_REFUSE_BEFORE_SETTLE": "结算前不允许分账",
    "ALREADY_CONFIRM_SETTLE": "交易已确认结算",
    "ALREADY_FINISH_ALLOC": "交易已完结分账",
    "BUYER_ENABLE_STATUS_FORBID": "买家状态非法",
    "BUYER_NOT_EXIST": "买家不存在",
    "BUYER_SELLER_EQUAL": "买卖家不能相同",
    "CONFIRM_REFUSE_AFTER_REFUND": "交易已退款，不允许确认结算",
    "CONTEXT_INCONSISTENT": "交易信息被篡改",
    "CURRENCY_NOT_SUPPORT": "币种不支持",
    "DISCORDANT_REPEAT_REQUEST": "不一致的请求",
    "INVALID_PARAMETER": "参数无效",
    "INVALID_RECEIVER_TYPE": "分账接收方类型错误",
    "INVALID_SETTLE_AMOUNT_PARAMETER": "结算金额有误",
    "NOW_TIME_AFTER_EXPIRE_TIME_ERROR": "当前时间已超过订单有效期",
    "OPENID_APPID_NOT_MATCH": "openId与appId不匹配",
    "REASON_TRADE_REFUND_FEE_ERR": "退款金额无效",
    "RECEIVER_ACCOUNT_NOT_CERTIFY": "分账收款方未实名认证",
    "RECEIVER_ACCOUNT_NO_BALANCE": "分账收款方没有余额账户",
    "RECEIVER_ACCOUNT_STATE_INVALID": "分账收款方账户状态异常",
    "RECEIVER_LIST_EMPTY": "分账接收方列表为空",
    "RECEIVER_LIST_OVERLOAD": "分账接收方列表超过上限",
    "REFUND_AMT_NOT_EQUAL_TOTAL": "撤销或退款金额与订单金额不一致",
    "REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST": "退分账支出方账户不存在",
    "RELATION_QUANTITY_LIMIT": "分账关系数量超限",
    "ROYALTY_ACCOUNTS_EQUAL": "分账收支方不能相同",
    "ROYALTY_ACCOUNT_NAME_NOT_MATCH": "分账收款方姓名不匹配",
    "ROYALTY_ACCOUNT_NOT_EXIST": "分账账户不存在",
    "ROYALTY_RECEIVER_INVALID": "分账收款方无效",
    "SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID": "二级商户账户异常",
    "SECONDARY_MERCHANT_CARD_ALIAS_NO_INVALID": "二级商户银行卡编号错误",
    "SECONDARY_MERCHANT_ID_INVALID": "二级商户不存在",
    "SELLER_BALANCE_NOT_ENOUGH": "卖家余额不足",
    "SUB_GOODS_SIZE_MAX_COUNT": "商品明细数量超过限制",
    "SYSTEM_ERROR": "系统繁忙",
    "TOTAL_FEE_EXCEED": "订单总金额不在允许范围内",
    "TRADE_HAS_CLOSE": "交易已经关闭",
    "TRADE_HAS_FINISHED": "交易已完结",
    "TRADE_HAS_SUCCESS": "交易已被支付",
    "TRADE_NOT_EXIST": "交易不存在",
    "TRADE_SETTLE_ERROR": "结算异常",
    "TRADE_STATUS_ERROR": "交易状态不合法",
    "TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH": "账户余额不足",
    "USERNAME_NOT_MATCH": "用户姓名不匹配",
    "USER_NOT_EXIST": "用户不存在",
}
"""Refusals of trades, whose codes begin with ``ACQ.``."""

OF_FUNDS = {
    "AQC.SYSTEM_ERROR": "系统繁忙",
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
    "SYSTEM_ERROR": "系统繁忙",
    "isp.bill_not_exist": "账单不存在",
    "isv.invalid_arguments": "入参不合法",
}
"""Refusals of transfers and of bills; and what cancel calls a system error."""

TEXTS = (
    OF_THE_GATEWAY
    | {f"ACQ.{name}": text for name, text in OF_TRADES.items()}
    | OF_FUNDS
)
"""All that this gateway sends."""
