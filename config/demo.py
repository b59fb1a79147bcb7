"""``make demo``: the whole product on this machine, until Ctrl-C."""

import os
import signal
import sys
import time

from django.db import OperationalError

from config import env
from config.prepare import prepare
from config.processes import CannotStart, Stack, port_stays_taken

PEOPLE = (
    ("buys", "mei@danbao.example"),
    ("sells", "bo@danbao.example"),
    ("runs the desk", "dana@danbao.example"),
)
PASSWORD = "danbao-demo"  # noqa: S105  (a demo account, printed on purpose)


def main() -> int:
    started = time.monotonic()
    # A closed terminal hangs up: that stops everything too.
    for end in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(end, _interrupt)
    os.environ["DANBAO_DEMO"] = "true"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    port = env.number("PORT", 8000, low=1, high=65535)
    simulator_port = env.number("SIMULATOR_PORT", 8001, low=1, high=65535)
    for name, number in (("PORT", port), ("SIMULATOR_PORT", simulator_port)):
        if port_stays_taken(number):
            env.stop(
                name, f"{number} is in use; choose another, as in {name}={number + 10}"
            )
    if port == simulator_port:
        env.stop("SIMULATOR_PORT", f"is {port}, which is PORT: choose another")
    var = env.folder("DANBAO_VAR", env.ROOT / "var")
    database_given = bool(os.environ.get("DATABASE_URL"))
    try:
        with Stack(var, port, simulator_port) as stack:
            print("Preparing the shop (tables, goods, pictures) …", flush=True)
            prepare()
            stack.start()
            _welcome(stack, time.monotonic() - started)
            ended = stack.watch()
            print(f"\n{ended} has ended; see {stack.log_of(ended)}", file=sys.stderr)
            return 1
    except OperationalError as unreachable:
        if not database_given:
            raise
        reason = str(unreachable).splitlines()[0]
        env.stop("DATABASE_URL", f"names a database that does not answer: {reason}")
    except CannotStart as problem:
        print(f"danbao: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Your data is kept in", var)
        return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _welcome(stack: Stack, seconds: float) -> None:
    print(f"\nDanbao is ready ({seconds:.0f} s).\n")
    print(f"  Shop       {stack.origin}/")
    print(f"  Seller     {stack.origin}/sell/")
    print(f"  Desk       {stack.origin}/desk/")
    print(f"  Alipay     {stack.simulator_origin}/control/   (simulated money)\n")
    for role, email in PEOPLE:
        print(f"  {email:<22} {role}")
    print(f"  Password of all three: {PASSWORD}")
    print("  At the cashier: mei1234@sandbox.com, password and payment code 111111\n")
    print("Ctrl-C stops everything.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
