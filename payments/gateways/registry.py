"""Which gateways there are, and the one for a code."""

from functools import lru_cache

from django.conf import settings

from kernel import clock
from payments.gateways.alipay.client import AlipayClient, Config
from payments.gateways.alipay.gateway import AlipayGateway
from payments.gateways.bank_transfer.gateway import BankTransferGateway
from payments.gateways.port import Capability, Gateway, GatewayRejected

KINDS: dict[str, type[Gateway]] = {
    kind.code: kind for kind in (AlipayGateway, BankTransferGateway)
}


def can(code: str, capability: Capability) -> bool:
    """Whether gateway ``code``, set up or not, has ``capability``."""
    return capability in KINDS[code].capabilities


def gateway(code: str) -> Gateway:
    """The gateway ``code`` by the present settings.

    :raises GatewayRejected: code ``config``, when its settings are missing or wrong.
    :raises KeyError: when there is no gateway of that code.
    """
    if code not in KINDS:
        raise KeyError(code)
    if code == BankTransferGateway.code:
        return BankTransferGateway()
    names = (
        "ALIPAY_GATEWAY_URL",
        "ALIPAY_APP_ID",
        "ALIPAY_SELLER_ID",
        "ALIPAY_APP_PRIVATE_KEY_FILE",
        "ALIPAY_PUBLIC_KEY_FILE",
    )
    values = {name: getattr(settings, name) for name in names}
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise GatewayRejected("config", f"not set: {', '.join(missing)}")
    return _alipay(
        Config(
            gateway_url=values["ALIPAY_GATEWAY_URL"],
            app_id=values["ALIPAY_APP_ID"],
            seller_id=values["ALIPAY_SELLER_ID"],
            private_key_file=values["ALIPAY_APP_PRIVATE_KEY_FILE"],
            alipay_public_key_file=values["ALIPAY_PUBLIC_KEY_FILE"],
            timeout_seconds=settings.ALIPAY_TIMEOUT_SECONDS,
        )
    )


@lru_cache(maxsize=4)
def _alipay(config: Config) -> Gateway:
    try:
        return AlipayGateway(AlipayClient(config, clock.now))
    except (OSError, ValueError) as unreadable:
        raise GatewayRejected("config", f"keys: {unreadable}") from unreadable
