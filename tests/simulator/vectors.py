"""Worked vectors: texts signed once with throw-away keys whose private halves are gone.

Published with the wire's description; they can be verified, never made again.
"""


def _pem(der: str) -> str:
    lines = "\n".join(der[at : at + 64] for at in range(0, len(der), 64))
    return f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n"


APP_KEY = _pem(
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw4TAkBZIvj0caogPd++yB9A2jG"
    "KnQEF7aB+eM/lm2UGHUso9hoaiuSmnrmddddu8TtY/RPZ0v6OMrLIwLb018duuTU9Qn2gM"
    "fnVVYC/ioumwR4vvUXL3xM+H46SywCn/nNF8b8cffCBSfSlY2m2nI8OiSiTrVjsEyCHKci"
    "BGuenH8vajCqaIejhayZ0rdBD/OT7ciIQpaPQnRJrMnrkCMbDBR0uhNWr5rMtrrx/3WD6y"
    "yyR0Y/1PUT2jPQEUnxpVDTqYw4gNG/yJWDBLTGwfOKo3nUxBP7HcowWGYI2sWg9ieb48sA"
    "O4BJqUzQQw9L4KrsplSWE0Pu4ruJ0oRsANQQIDAQAB"
)

ALIPAY_KEY = _pem(
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnWnP1JGGq0btEyIGvtXSu88W/F"
    "QdFIOswsaCxx02r13IpexlJggbRGn0wFvo784wdZojSd3uTXUWAEjHz2TKgK9TZ6UYOvyA"
    "ydBWhTbqy1a7PgQLQ9r7dNef51EMLTvlCvmexDdGw1iAzxIyenm83bJi2X1rUlh+MQLCJy"
    "1g9/A3hzyXbMx2ZG5JLscOd0VgUo5WtOq+boPSnq6JNLdmeuxOfR+GyUuxzZrYpa8c5OpW"
    "/DZhIi3UkWXIhB2c0mmNT3NSYAvH0jBddxWUTxuB2EovnxS6B6qyzGpa8eBMFQbvGZdG3F"
    "EldeQ3oOsRXwbobwczNnaVwy+N/1MwIJfBYwIDAQAB"
)

REQUEST_TEXT = (
    'app_id=9021000100000001&biz_content={"out_trade_no":"T20260101001"}&ch'
    "arset=utf-8&format=json&method=alipay.trade.query&sign_type=RSA2&times"
    "tamp=2026-01-01 08:00:00&version=1.0"
)

REQUEST_SIGN = (
    "NRqeGUQd51JhFV+Vpj0gUCuWuHsjRBPnA91uxnO7xiNUfFUiDGVW0k64zEiwxS40FxwwVg"
    "CpcOYE+otPvyV6WSG6emzFzTP0p6pfakiL6l4o04YTJKDn2FdZZcpTtw4044yaxAeaxPHn"
    "1WIYE11Znkvc3kFH3Y/q3oDzon38SyU55kwN6iuieJEvMXjwfxRzF8Bfvdqrf0QVWBuU7I"
    "+UWgHn8kYmf1Cm9IW/rwKZaXLzqv6oG9rA2VOdhg/2MegyAaDmD9aOajVjqFxCwjiDLhHa"
    "4pT2G4sh7JJWwm9UQCqrmJz+kp8YTx5OiMltSMo1NNixSPnfP1ET7TzcB/bzFg=="
)

RESPONSE_NODE = (
    '{"code":"10000","msg":"Success","out_trade_no":"T20260101001","qr_code'
    '":"https:\\/\\/qr.alipay.com\\/bax00000000000000000"}'
)

RESPONSE_SIGN = (
    "IH4wdJfe/Rt0NxYkQydD4eZ5NZCw53wSyYtrV7GTHyohZ0IPAIGeMzlljxM3+bULhQOyBF"
    "EEDmvVP/+y7a+98qLHvhHhtOBSP0Ik65fNpskNxR4RrBmnBhtgIg8YUBz9RcfgVVutRXa2"
    "3fAr3fqaR8fWdHJtA5S7rAMhaDnjmvpV2VXhXvZXxhM4M+3K3RcjIewRXwQ0v4K2WDiTb0"
    "mM49mf+P5CLdKLTvSXrlcASPC/KT+uYH3CXt96pSaC2Qu/+n0j4StWawJw0n4MUREJaNBN"
    "iJ+Gu7Zp3FnWMrW85Rujh0NA0dUTVlfDPJYc2GC5So9Y6dkwBOMJirb4Y1jdMg=="
)

NOTIFICATION_TEXT = (
    "app_id=9021000100000001&auth_app_id=9021000100000001&buyer_id=20887220"
    "00000002&buyer_logon_id=csq***@sandbox.com&buyer_pay_amount=88.88&char"
    'set=utf-8&fund_bill_list=[{"amount":"88.88","fundChannel":"ALIPAYACCOU'
    'NT"}]&gmt_create=2026-01-01 08:00:05&gmt_payment=2026-01-01 08:00:20&i'
    "nvoice_amount=88.88&notify_id=2026010100222080021000000000000001&notif"
    "y_time=2026-01-01 08:00:21&notify_type=trade_status_sync&out_trade_no="
    "T20260101001&point_amount=0.00&receipt_amount=88.88&seller_id=20887210"
    "00000001&subject=测试商品&total_amount=88.88&trade_no=20260101220010000000"
    "00000001&trade_status=TRADE_SUCCESS&version=1.0"
)

NOTIFICATION_SIGN = (
    "XEKvkYUDA/OsuAT9H/isOUU/S1FvdDjPIjLjH9oiHpJUBun4E3X4wN6o9cGLaJIW8/iqgd"
    "mlpAZYSf3QAhdKFAvHJF0f59h3bpOUu23Uof8bvb2AMRV3o9ryX7uLq9kgqzn7tKmZ9u0G"
    "XWDvDPPDY/blYFpnkCbmmrl9YupevSulJIP3PCArgAVuB/vRvepIva/yX3OtGLiNR4J+h4"
    "3pPbR1hLKSKD83at34LGe2IDFFU5tkMAH0MTZCfdnv5GvNDLRk2SNxK8dOQM0fUciNg7/d"
    "aP2kbu80xfAnrldrvAnsu1TJbvQBzA3HtcGBDKkyV8DGCaeNHC9L/+2GF2QY0g=="
)

RETURN_TEXT = (
    "app_id=9021000100000001&auth_app_id=9021000100000001&charset=utf-8&met"
    "hod=alipay.trade.page.pay.return&out_trade_no=T20260101001&seller_id=2"
    "088721000000001&timestamp=2026-01-01 08:00:25&total_amount=88.88&trade"
    "_no=2026010122001000000000000001&version=1.0"
)

RETURN_SIGN = (
    "DorJSy3Sp33FqAWQ4LAvj81fJBrI2iX9kdhf09nufsUaAPwkWjgSTpbW4ePNE2J2vZDs4o"
    "qRa7GrHkkJR92FVzaqBloULBNpdQj8oWCIZSN1OtFJ4QsDAKA4T16eB8JSviHABei0PyPB"
    "ypbNVrf1vgiWoKu505rKA6CRjtxmp51VW1gVCbv1ggdjkRNAI4GgeoQgF6LfzvLDVMi+Yk"
    "Apw1Ty66vF6GhDyUZcvTHXKeGfSD3Qi0uMBiPZ7dSNDlGxBZmR8J8BGbm6UPfOA7IhtpMb"
    "aS7o95XmBWFSrG/8CKrzTd0tSc97QwFbN+4QRX7uTXMqpS8fI4D9XS/csLyw+Q=="
)

REQUEST_QUERY = (
    "app_id=9021000100000001&method=alipay.trade.query&charset=utf-8&format"
    "=json&version=1.0&sign_type=RSA2&timestamp=2026-01-01+08%3A00%3A00&sig"
    "n=NRqeGUQd51JhFV%2BVpj0gUCuWuHsjRBPnA91uxnO7xiNUfFUiDGVW0k64zEiwxS40Fx"
    "wwVgCpcOYE%2BotPvyV6WSG6emzFzTP0p6pfakiL6l4o04YTJKDn2FdZZcpTtw4044yaxA"
    "eaxPHn1WIYE11Znkvc3kFH3Y%2Fq3oDzon38SyU55kwN6iuieJEvMXjwfxRzF8Bfvdqrf0"
    "QVWBuU7I%2BUWgHn8kYmf1Cm9IW%2FrwKZaXLzqv6oG9rA2VOdhg%2F2MegyAaDmD9aOaj"
    "VjqFxCwjiDLhHa4pT2G4sh7JJWwm9UQCqrmJz%2Bkp8YTx5OiMltSMo1NNixSPnfP1ET7T"
    "zcB%2FbzFg%3D%3D"
)

REQUEST_BODY = "biz_content=%7B%22out_trade_no%22%3A%22T20260101001%22%7D"

AES_REQUEST = "R+3vSwGxzUN7a+1hnwGKXvKqEIWfwUdPlBd6onN8iig="

AES_RESPONSE = (
    "2U09l1AOxvuTPJp5IW4MXGCxM0a6CtXGxvrSzawMfUelchhVw+c0kBgzBKPsuavCGOHMKF4j"
    "UpkPvkL5gNrcUw=="
)

AES_SIGN = (
    "UUlbpNBFnXWSAAIMHXnZBirqnSp3vdKFB8x4XCxT0m3csHc6AOma7L5nkLxHdW/gS6XGqn"
    "M8l0HDI8q8CW5LqaSWX7wbB8TeswGjxSJ7Ws+DALYmIn/BuoPIZjzbegPLhZs8C4YDaD/E"
    "ifs7staz2EIDbi8Otjn3GEf9pAhNapX2oSeyy/ToQeGJkfLHADJXLfa2SifwT0c2R7P6dA"
    "RNfgtc8AVMSmJJfqOqHPmgzEnP37E1Pe4UwmhAprs35r5Edjksjs3DgwrCSKTIW1iz3Cay"
    "f7ZR7nqq9lLY28k4F7xgJi9op5SnKrM5VSjzTMt6uc91vsdB1J2WSXbwuVIh9A=="
)

V3_REQUEST_TEXT = (
    "app_id=9021000100000001,nonce=57ae0dff-3377-4e0a-93e6-a958152d0df2,"
    "timestamp=1767225600000\n"
    "POST\n"
    "/v3/alipay/trade/query\n"
    '{"out_trade_no":"T20260101001"}\n'
)

V3_REQUEST_SIGN = (
    "aUQUCveZW5x3T/bXWEa/Mn1RTPcKvcXaXDwa22rOdn2yE8/XOjFTPS/uOo3O+zRYMzCvOu"
    "xGgOks1Jfml4yADROCccQwFuNKriguXrWEl6+QgkMERGiBHiIzXjo/r5oDst7YBeuVct3A"
    "eK6A0h1hntwIPZIJfPhq/ro3hCUcgX+K2M8hf2m/waJjnblouPnqEbJVx9miMv27utWuS1"
    "MKamFrZRiOp+tqTXQzvs7QNE0kosypgpnWdDV0cwwDjza5WffbriIMYzrd/7YZ8KqdWWyO"
    "oeeqj+5AU8gpx9q/HZguXMsvgJ3FRstyQ6LSy0LuZNAXIgsxnX8ZHUsHVO8W+w=="
)

V3_RESPONSE_TEXT = '1767225600123\nabc123\n{"trade_no":"1"}\n'

V3_RESPONSE_SIGN = (
    "P1+ixtZioiRoCsfiLi1Pmc7czvkKXHKvOwZMN/hK2TffNjWKlZuGyFyGWxYZCnOgDG0pOC"
    "zO99sKIxpp641HW843O0a5yiLEGQVVql9vMVu8K5tHZl2O80oaAaBO90mjde3lz1/THJ4y"
    "U+dohvAP00X8F8e4gOwLm/5aVpIol6R6XT858kSrpq3IofP9Z09R7Xcu83UmliMHxE0qBn"
    "nEJ3xqjvza3HoVf8oojMf/7rGHOQdRWHpp+RNY93iknYewNL3+2ke89mpvvL/Ic06XZdDh"
    "OGz27ZiRmwH6ZiFUMbxvdHW/4Bmylg2AKjvarF4u0/59JAcrbO0N0h0RMmGr0Q=="
)
