"""``make demo``: the whole product on this machine, until Ctrl-C."""

import os
import signal
import sys
import time
from pathlib import Path

from config import env
from config.prepare import prepare
from config.processes import CannotStart, Stack, port_is_taken

PEOPLE = (
    ("buys", "mei@danbao.example"),
    ("sells", "bo@danbao.example"),
    ("runs the desk", "dana@danbao.example"),
)
PASSWORD = "danbao-demo"  # noqa: S105  (a demo account, printed on purpose)


def main() -> int:
    started = time.monotonic()
    signal.signal(signal.SIGTERM, _interrupt)
    os.environ["DANBAO_DEMO"] = "true"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    port = env.number("PORT", 8000, low=1, high=65535)
    simulator_port = env.number("SIMULATOR_PORT", 8001, low=1, high=65535)
    for name, number in (("PORT", port), ("SIMULATOR_PORT", simulator_port)):
        if port_is_taken(number):
            env.stop(
                name, f"{number} is in use; choose another, as in {name}={number + 10}"
            )
    var = Path(env.text("DANBAO_VAR", str(env.ROOT / "var"))).resolve()
    try:
        print("Preparing the shop (tables, goods, pictures) …", flush=True)
        prepare()
        with Stack(var, port, simulator_port) as stack:
            stack.start()
            _welcome(stack, time.monotonic() - started)
            ended = stack.watch()
            print(f"\n{ended} has ended; see {stack.log_of(ended)}", file=sys.stderr)
            return 1
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
