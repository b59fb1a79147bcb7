"""Talks to Alipay's gateway: signs, sends, verifies, and tells yes, no and unknown."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlencode

import httpx

from payments.gateways.alipay import codec, signing
from payments.gateways.patience import Patience
from payments.gateways.port import (
    GatewayRejected,
    GatewayUnknown,
    NotificationRefused,
)

# An unknown app has no key pair: the only refusals that Alipay cannot sign.
UNSIGNED_REFUSALS = {"isv.invalid-app-id", "isv.missing-app-id"}
# What the browser's return is signed over; our own parameters are not (§5.5).
RETURN_FIELDS = frozenset(
    [
        "app_id",
        "auth_app_id",
        "charset",
        "method",
        "out_trade_no",
        "seller_id",
        "sign",
        "sign_type",
        "timestamp",
        "total_amount",
        "trade_no",
        "version",
    ]
)
# A proxy of the environment is for the world outside, not for a neighbour process.
DIRECTLY: dict[str, httpx.BaseTransport | None] = {
    "all://localhost": None,
    "all://127.0.0.1": None,
    "all://[::1]": None,
}
# An answer has a few kB; whatever is far bigger is none.
LARGEST_ANSWER = 1024 * 1024
# A file is larger; this long, and the worker goes on to other things.
DOWNLOAD_SECONDS = 60.0
CONNECTIONS = httpx.Limits(max_connections=20, max_keepalive_connections=10)


@dataclass(frozen=True, slots=True)
class Config:
    """The values that change together between Alipay and the simulator."""

    gateway_url: str
    app_id: str
    seller_id: str
    private_key_file: Path
    alipay_public_key_file: Path
    timeout_seconds: float


class AlipayClient:
    """One app at one gateway. Keeps its connections and parsed keys; thread-safe.

    :param clock: the present moment, for request timestamps.
    :raises ValueError: when a key file holds no RSA key.
    """

    def __init__(self, config: Config, clock: Callable[[], datetime]) -> None:
        self.config = config
        self._clock = clock
        self._private_key = signing.private_key(config.private_key_file.read_text())
        self._alipay_key = signing.public_key(config.alipay_public_key_file.read_text())
        self._patience = Patience()
        self._http = httpx.Client(
            timeout=config.timeout_seconds, limits=CONNECTIONS, mounts=DIRECTLY
        )

    def call(self, method: str, content: Mapping[str, Any], **common: str) -> Any:
        """The verified node of the answer to ``method``, when Alipay says yes.

        :raises GatewayRejected: Alipay refuses this request for good; code
            ``config`` when our settings are wrong, else its own code.
        :raises GatewayUnknown: nothing that proves an answer has arrived.
        """
        fields = self._signed(method, content, common)
        body = {"biz_content": fields.pop("biz_content")}
        with self._patience.turn(self.config.timeout_seconds) as seconds:
            try:
                raw = self._answer_to(urlencode(fields), body, seconds)
            except httpx.HTTPError as lost:
                raise GatewayUnknown("network", type(lost).__name__) from lost
        try:
            key = f"{method.replace('.', '_')}_response"
            answer = codec.read_answer(raw, key)
        except ValueError as garbled:
            raise GatewayUnknown("garbled", str(garbled)) from garbled
        self._believe(answer)
        return _accepted(answer.node)

    def _answer_to(self, query: str, body: Mapping[str, str], seconds: float) -> bytes:
        """What the gateway answers, within ``seconds``. The timeout of ``httpx`` is one
        for each step: an answer that comes in drops would keep its asker for ever."""
        connecting, reading = 0.3 * seconds, 0.7 * seconds
        steps = httpx.Timeout(reading, connect=connecting, pool=connecting)
        # The last wait for a piece may begin here.
        ends = time.monotonic() + seconds - reading
        address = f"{self.config.gateway_url}?{query}"
        content = bytearray()
        with self._http.stream("POST", address, data=body, timeout=steps) as response:
            if response.status_code != httpx.codes.OK:
                raise GatewayUnknown("http", str(response.status_code))
            for piece in response.iter_bytes():
                if content and time.monotonic() > ends:
                    raise GatewayUnknown("network", "the answer comes too slowly")
                content += piece
                if len(content) > LARGEST_ANSWER:
                    raise GatewayUnknown("garbled", "the answer has no end")
        return bytes(content)

    def download(self, address: str, into: BinaryIO, *, most: int) -> None:
        """Write the file at ``address``, which a signed answer named, to ``into``.

        :raises GatewayUnknown: no such file, no end within a minute, or more than
            ``most`` bytes.
        """
        ends, size = time.monotonic() + DOWNLOAD_SECONDS, 0
        try:
            with self._http.stream("GET", address) as response:
                if response.status_code != httpx.codes.OK:
                    raise GatewayUnknown("http", str(response.status_code))
                for piece in response.iter_raw():
                    size += len(piece)
                    if size > most:
                        raise GatewayUnknown("garbled", "the file has no end")
                    if time.monotonic() > ends:
                        raise GatewayUnknown("network", "the file comes too slowly")
                    into.write(piece)
        except (httpx.HTTPError, httpx.InvalidURL) as lost:
            raise GatewayUnknown("network", type(lost).__name__) from lost
        into.seek(0)

    def page_url(self, method: str, content: Mapping[str, Any], **common: str) -> str:
        """A signed address that opens ``method`` in the payer's browser."""
        fields = self._signed(method, content, common)
        return f"{self.config.gateway_url}?{urlencode(fields)}"

    def read_notification(self, body: bytes) -> dict[str, str]:
        """The fields of a notification that Alipay signed, for this app and seller.

        :raises NotificationRefused: ``forged`` or ``foreign``.
        """
        try:
            fields = codec.form_fields(body)
        except ValueError as garbled:
            raise NotificationRefused("forged", f"unreadable: {garbled}") from garbled
        return self._ours(fields)

    def read_return(self, query: Mapping[str, str]) -> dict[str, str]:
        """The fields of a browser's return that Alipay signed. Proves origin only.

        :raises NotificationRefused: ``forged`` or ``foreign``.
        """
        return self._ours(
            {name: value for name, value in query.items() if name in RETURN_FIELDS}
        )

    def _signed(
        self, method: str, content: Mapping[str, Any], common: Mapping[str, str]
    ) -> dict[str, str]:
        fields = {
            "app_id": self.config.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": codec.beijing_text(self._clock()),
            "version": "1.0",
            **{name: value for name, value in common.items() if value},
            "biz_content": json.dumps(
                content, ensure_ascii=False, separators=(",", ":"), sort_keys=True
            ),
        }
        fields["sign"] = signing.sign(signing.text_to_sign(fields), self._private_key)
        return fields

    def _believe(self, answer: codec.Answer) -> None:
        if not answer.signature:
            sub_code = str(answer.node.get("sub_code", ""))
            if sub_code in UNSIGNED_REFUSALS:
                raise GatewayRejected("config", sub_code)
            raise GatewayUnknown("unsigned", sub_code)
        if not signing.is_signed(
            answer.signed_text, answer.signature, self._alipay_key
        ):
            raise GatewayUnknown("unverified", "the answer's signature is wrong")

    def _ours(self, fields: dict[str, str]) -> dict[str, str]:
        text = signing.text_to_sign(fields, without=("sign", "sign_type"))
        if not signing.is_signed(text, fields.get("sign", ""), self._alipay_key):
            raise NotificationRefused("forged", "the signature is wrong")
        for name, ours in (
            ("app_id", self.config.app_id),
            ("seller_id", self.config.seller_id),
        ):
            if fields.get(name) != ours:
                given = fields.get(name, "nothing")
                raise NotificationRefused("foreign", f"{name} is {given}")
        return fields


def _accepted(node: dict[str, Any]) -> dict[str, Any]:
    """``node`` when the call was carried out; §6's rule for everything else."""
    code, sub_code = str(node.get("code", "")), str(node.get("sub_code", ""))
    detail = f"{sub_code} {node.get('sub_msg', '')}".strip()
    if code == "10000":
        return node
    if code in {"", "10003", "20000", "40005"} or sub_code.endswith("SYSTEM_ERROR"):
        raise GatewayUnknown("unknown", detail or code)
    if code == "40004":
        raise GatewayRejected(sub_code.rpartition(".")[2], detail)
    raise GatewayRejected("config", detail or code)
