"""What can be said on the command line. Nothing here needs Django."""

import argparse
from pathlib import Path
from typing import Any, TypeAlias

from . import values

REAL_QR_PREFIX = "https://qr.alipay.com/"

DESCRIPTION = """\
An offline gateway that behaves like Alipay's. No real money.

Every command but serve works on the data folder itself, beside a running
simulator or without one."""

EPILOG = """\
exit status: 0 done; 1 refused, nothing changed; 2 unknown, or it makes no sense"""

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def build() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m alipay_simulator",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _serve(commands)
    _orders(commands)
    _clock(commands)
    _fault(commands)
    _notify(commands)
    _people(commands)
    _apps(commands)
    _state(commands)
    return parser


def _command(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """Add a command that works on a data folder and can tell JSON."""
    command = commands.add_parser(name, help=text, description=text)
    _where(command, default=values.data_folder())
    if name not in ("serve", "export", "import"):
        _how(command, default=False)
    return command


def _where(parser: argparse.ArgumentParser, *, default: Any) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        default=default,
        metavar="DIR",
        help="the data folder (SIMULATOR_DATA, or var/simulator)",
    )


def _how(parser: argparse.ArgumentParser, *, default: Any) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        default=default,
        help="print what the JSON API would tell",
    )


def _acts(command: argparse.ArgumentParser, default: str) -> Commands:
    """Let a command take a further word; without one it does ``default``."""
    acts = command.add_subparsers(dest="act", metavar="ACT")
    command.set_defaults(act=default)
    return acts


def _act(acts: Commands, name: str, text: str) -> argparse.ArgumentParser:
    act = acts.add_parser(name, help=text, description=text)
    # Before the act or after it: here absent means what was said there.
    _where(act, default=argparse.SUPPRESS)
    _how(act, default=argparse.SUPPRESS)
    return act


def _serve(commands: Commands) -> None:
    serve = _command(commands, "serve", "run the simulator until stopped")
    serve.add_argument("--port", type=values.port, default=8001)
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
        type=values.positive,
        default=1.0,
        metavar="X",
        help="multiplies the waits between notifications (0.01: 2.4 s instead of 4 m)",
    )


def _page(command: argparse.ArgumentParser) -> None:
    command.add_argument("--limit", type=int, metavar="N", help="how many, 1 to 200")
    command.add_argument(
        "--before", type=int, metavar="N", help="go on where the last list ended"
    )


def _orders(commands: Commands) -> None:
    pay = _command(commands, "pay", "scan and pay an order, like a buyer")
    pay.add_argument("out_trade_no")
    pay.add_argument("--buyer", default="mei1234@sandbox.com", metavar="WHO")
    pay.add_argument(
        "--with",
        dest="way",
        default="balance",
        choices=["balance", "card", "credit_card", "credit"],
    )
    pay.add_argument("--app", metavar="APP_ID", help="whose order, if several have it")
    trades = _command(commands, "trades", "list orders, or show one")
    trades.add_argument("number", nargs="?", help="of the order or the trade: show it")
    trades.add_argument("--search", metavar="TEXT", help="numbers that begin so")
    trades.add_argument(
        "--state", help="none, cancelled, WAIT_BUYER_PAY, TRADE_SUCCESS, …"
    )
    trades.add_argument("--buyer", metavar="WHO")
    trades.add_argument("--app", metavar="APP_ID")
    _page(trades)
    for name in ("refunds", "transfers"):
        _page(_command(commands, name, f"list {name}"))


def _clock(commands: Commands) -> None:
    clock = _command(commands, "clock", "read the clock, or move it")
    acts = _acts(clock, "show")
    _act(acts, "show", "tell the moment and what comes due")
    advance = _act(acts, "advance", "move it on")
    advance.add_argument("by", type=values.length, help="90s, 15m, 3h or 2d")
    set_to = _act(acts, "set", "make it this moment")
    set_to.add_argument("moment", help="like 2026-01-01T08:00:00, Beijing time")
    _act(acts, "next", "move it to the next deadline")
    _act(acts, "back", "back to the machine's time")


def _fault(commands: Commands) -> None:
    fault = _command(commands, "fault", "let things go wrong on purpose")
    acts = _acts(fault, "list")
    _act(acts, "list", "what is switched on, and what was lately")
    _act(acts, "kinds", "what can go wrong")
    on = _act(acts, "on", "switch one on, to strike once unless told otherwise")
    on.add_argument("kind")
    on.add_argument("--trade", metavar="NUMBER", help="only this order")
    on.add_argument("--app", metavar="APP_ID", help="only this app")
    on.add_argument("--method", help="only this method")
    often = on.add_mutually_exclusive_group()
    often.add_argument("--times", type=int, metavar="N")
    often.add_argument("--until-off", action="store_true")
    on.add_argument("--seconds", type=float, help="for those that last")
    on.add_argument("--one-in", type=int, help="by chance, one time in so many")
    on.add_argument(
        "--one-by-one", action="store_true", help="news_twice: not at the same time"
    )
    off = _act(acts, "off", "switch one off, or all")
    off.add_argument("id", help="its number, or 'all'")


def _notify(commands: Commands) -> None:
    notify = _command(commands, "notify", "the log of notifications")
    acts = _acts(notify, "list")
    listed = _act(acts, "list", "list them, newest first")
    listed.add_argument("--trade", metavar="NUMBER")
    listed.add_argument("--state", choices=["pending", "delivered", "given_up"])
    _page(listed)
    resend = _act(acts, "resend", "send one again now")
    resend.add_argument("id", type=int)
    _act(acts, "pause", "hold all of them back")
    _act(acts, "resume", "let them go")


def _people(commands: Commands) -> None:
    people = _command(commands, "people", "buyers and sellers, and their money")
    acts = _acts(people, "list")
    _act(acts, "list", "everybody")
    show = _act(acts, "show", "one of them")
    top_up = _act(acts, "top-up", "give somebody new money")
    standing = _act(acts, "standing", "whether the wallet lets a buyer pay")
    for act in (show, top_up, standing):
        act.add_argument("who", help="sign-in name, what stands before the @, or 2088…")
    top_up.add_argument("amount", help='yuan, like "12.50"')
    top_up.add_argument("--account", choices=["balance", "credit", "merchant"])
    standing.add_argument("standing", help="good, unverified, region, risk or blocked")
    bank = _command(commands, "bank", "where all money is; status 1 if it is off")
    bank.add_argument(
        "--audit", action="store_true", help="count every account anew from its moves"
    )


def _apps(commands: Commands) -> None:
    apps = _command(commands, "apps", "merchants and their apps")
    acts = _acts(apps, "list")
    _act(acts, "list", "all of them")
    show = _act(acts, "show", "one of them")
    add = _act(acts, "add", "make one, with fresh keys in DIR/apps/APP_ID")
    add.add_argument("name")
    whose = add.add_mutually_exclusive_group(required=True)
    whose.add_argument("--seller", metavar="ID", help="2088…, a merchant there is")
    whose.add_argument("--merchant", metavar="NAME", help="a new merchant")
    add.add_argument("--merchant-zh", metavar="NAME")
    add.add_argument(
        "--public-key", type=Path, metavar="FILE", help="your own; PEM or base64"
    )
    change = _act(acts, "set", "set what is given about one")
    for act in (show, change):
        act.add_argument("app_id")
    change.add_argument("--name")
    change.add_argument("--enabled", type=values.yes_or_no, metavar="yes|no")
    change.add_argument("--aes-key", metavar="KEY", help="base64, 'new' or 'none'")
    change.add_argument("--fee-basis-points", type=int, metavar="N")
    change.add_argument("--royalty-max-percent", type=int, metavar="N")
    change.add_argument("--transfer-max", metavar="YUAN")
    change.add_argument("--bills-wait", type=values.yes_or_no, metavar="yes|no")
    change.add_argument(
        "--disable", metavar="METHODS", help="with commas between; 'none': all allowed"
    )
    change.add_argument(
        "--notify", metavar="EVENTS", help="with commas between, or 'documented'"
    )
    shops = _command(commands, "shops", "shops that a platform pays directly")
    acts = _acts(shops, "list")
    _act(acts, "list", "all of them")
    register = _act(acts, "add", "register one")
    register.add_argument("name")
    register.add_argument("--name-zh", metavar="NAME")
    register.add_argument("--platform", metavar="ID", help="2088…; else the first")


def _state(commands: Commands) -> None:
    export = _command(commands, "export", "write the whole state to a file")
    export.add_argument("file", type=Path)
    restore = _command(commands, "import", "put an exported state into an empty folder")
    restore.add_argument("file", type=Path)
    reset = _command(commands, "reset", "forget everything but sellers and apps")
    reset.add_argument("--yes", action="store_true", help="you are sure")
