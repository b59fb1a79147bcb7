"""Lets a test drive ``alipay-sdk-python``: a JSON object in, a JSON object out, a line.

Runs in a process of its own: both Python kits are called ``alipay``. Nothing of the
kit is changed. It knows port 80 only, so this process finds the simulator behind it.
"""

import importlib
import json
import logging
import socket
import sys
from urllib.parse import urlsplit, urlunsplit

from alipay.aop.api.AlipayClientConfig import AlipayClientConfig
from alipay.aop.api.DefaultAlipayClient import DefaultAlipayClient
from alipay.aop.api.util.SignatureUtils import get_sign_content, verify_with_rsa
from rsa import VerificationError

CHARSETS = {"utf-8": "utf-8", "gbk": "gbk"}


def without_port(address):
    """The same address as the kit would have it: port 80."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.hostname))


def send_port_80_to(port):
    connect = socket.create_connection

    def connect_to_simulator(address, *args, **kwargs):
        host, wanted = address
        return connect((host, port if wanted == 80 else wanted), *args, **kwargs)

    socket.create_connection = connect_to_simulator


def client_for(settings, charset):
    config = AlipayClientConfig()
    config.server_url = without_port(settings["gateway_url"])
    config.app_id = settings["app_id"]
    config.app_private_key = settings["private_key_pkcs1"]
    config.alipay_public_key = settings["alipay_public_key"]
    config.charset = charset
    return DefaultAlipayClient(config, logging.getLogger("kit"))


def class_of(method, kind):
    name = "".join(part.capitalize() for part in method.split(".")) + kind.capitalize()
    return getattr(importlib.import_module(f"alipay.aop.api.{kind}.{name}"), name)


def request_for(asked):
    request = class_of(asked["method"], "request")()
    request.biz_content = asked["biz"]
    for name in ("notify_url", "return_url"):
        if asked.get(name):
            setattr(request, name, asked[name])
    return request


def call(clients, asked):
    text = clients[asked.get("charset", "utf-8")].execute(request_for(asked))
    response = class_of(asked["method"], "response")()
    response.parse_response_content(text)
    return {"node": json.loads(text), "success": response.is_success()}


def page(clients, asked):
    kit, request = clients[asked.get("charset", "utf-8")], request_for(asked)
    if asked.get("as_form"):
        return {"form": kit.page_execute(request, http_method="POST")}
    return {"address": kit.page_execute(request, http_method="GET")}


def verify(settings, form):
    signature = form.pop("sign")
    form.pop("sign_type")
    text = get_sign_content(form).encode(form["charset"])
    key = settings["alipay_public_key"]
    try:
        return {"genuine": bool(verify_with_rsa(key, text, signature))}
    except VerificationError:
        return {"genuine": False}


def answer(settings, clients, asked):
    act = asked.pop("do")
    try:
        if act == "verify":
            return verify(settings, asked["form"])
        return {"call": call, "page": page}[act](clients, asked)
    except Exception as error:  # noqa: BLE001 - the kit dies of what it did not expect
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    settings = json.loads(sys.argv[1])
    send_port_80_to(urlsplit(settings["gateway_url"]).port)
    clients = {charset: client_for(settings, charset) for charset in CHARSETS}
    for line in sys.stdin:
        told = answer(settings, clients, json.loads(line))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
