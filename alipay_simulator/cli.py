"""The commands: ``serve`` runs a simulator, ``pay`` pays an order as a buyer."""

import argparse
import os
import socket
import sys
from pathlib import Path

from .folder import DataFolder, FolderInUse

REAL_QR_PREFIX = "https://qr.alipay.com/"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = _parser().parse_args(arguments)
    command = {"serve": _serve, "pay": _pay}[options.command]
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m alipay_simulator",
        description="An offline gateway that behaves like Alipay's. No real money.",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser("serve", help="run the simulator until stopped")
    serve.add_argument("--port", type=_port, required=True)
    serve.add_argument("--data", type=Path, required=True, metavar="DIR")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument(
        "--public-url", metavar="URL", help="the address others reach it by"
    )
    serve.add_argument(
        "--qr-prefix",
        default=REAL_QR_PREFIX,
        metavar="URL",
        help="what stands before the code in QR codes; 'self': its own address",
    )
    serve.add_argument("--merchant-name", default="Sandbox shop", metavar="NAME")
    serve.add_argument("--merchant-name-zh", default="", metavar="NAME")
    serve.add_argument(
        "--retry-scale",
        type=_positive,
        default=1.0,
        metavar="X",
        help="multiplies the waits between notifications (0.01: 2.4 s instead of 4 m)",
    )

    pay = commands.add_parser("pay", help="scan and pay an order, like a buyer")
    pay.add_argument("out_trade_no")
    pay.add_argument("--data", type=Path, required=True, metavar="DIR")
    pay.add_argument("--buyer", default="mei1234@sandbox.com")
    pay.add_argument(
        "--with",
        dest="way",
        default="balance",
        choices=["balance", "card", "credit_card", "credit"],
    )
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("a port is between 1 and 65535")
    return port


def _positive(text: str) -> float:
    number = float(text)
    if number <= 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number


def _serve(options: argparse.Namespace) -> int:
    folder = DataFolder(options.data)
    folder.prepare()
    try:
        folder.claim()
    except FolderInUse:
        return _fail(1, f"Another simulator is serving {folder.path}.")
    if not _is_free(options.host, options.port):
        return _fail(1, f"Port {options.port} of {options.host} is taken.")
    base_url = (
        options.public_url or f"http://{_in_url(options.host)}:{options.port}"
    ).rstrip("/")
    qr_prefix = f"{base_url}/" if options.qr_prefix == "self" else options.qr_prefix
    _start_django(
        folder,
        SIMULATOR_BASE_URL=base_url,
        SIMULATOR_QR_PREFIX=qr_prefix,
        SIMULATOR_RETRY_SCALE=str(options.retry_scale),
    )
    from . import server

    server.prepare(
        folder,
        seller_name=options.merchant_name,
        seller_name_zh=options.merchant_name_zh or options.merchant_name,
    )
    server.run(options.host, options.port)
    return 0


def _is_free(host: str, port: int) -> bool:
    """Tell whether the port can be had, before ``app.json`` names it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _in_url(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _pay(options: argparse.Namespace) -> int:
    """Pay by writing to the same database; a running server sends the news.

    So it works whether or not the simulator is running, and at any address.
    """
    folder = DataFolder(options.data)
    if not folder.first_app.app_json.exists():
        return _fail(2, f"No simulator has run in {folder.path} yet.")
    _start_django(folder)
    from . import clock
    from .money import to_yuan
    from .rules import acts
    from .rules.refusals import CannotPay

    try:
        trade = acts.scan_and_pay(
            options.out_trade_no, buyer=options.buyer, way=options.way, at=clock.now()
        )
    except acts.Unknown as error:
        return _fail(2, str(error))
    except CannotPay as refusal:
        return _fail(1, f"Refused: {refusal.reason}")
    amount = to_yuan(trade.intent.total_fen)
    sys.stdout.write(f"{trade.status} {trade.trade_no} {amount}\n")
    return 0


def _fail(status: int, text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return status


def _start_django(folder: DataFolder, **variables: str) -> None:
    # Whatever settings the caller's shell names are another project's.
    os.environ["DJANGO_SETTINGS_MODULE"] = "alipay_simulator.settings"
    os.environ["SIMULATOR_DATA"] = str(folder.path)
    os.environ.update(variables)
    import django

    django.setup()
