"""Reading what stands on a command line."""

import argparse
import os
import re
from pathlib import Path

UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def port(text: str) -> int:
    """A TCP port."""
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is between 1 and 65535")
    return number


def positive(text: str) -> float:
    """A number above 0."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return number


def length(text: str) -> int:
    """A length of time in seconds: ``90``, ``90s``, ``15m``, ``3h``, ``2d``."""
    found = re.fullmatch(r"([0-9]{1,15})([smhd]?)", text)
    if not found:
        raise argparse.ArgumentTypeError("write 90s, 15m, 3h or 2d")
    return int(found[1]) * UNITS[found[2]]


def yes_or_no(text: str) -> bool:
    """``yes`` or ``no``."""
    if text not in ("yes", "no"):
        raise argparse.ArgumentTypeError("is yes or no")
    return text == "yes"


def data_folder() -> Path:
    """Where a simulator lives unless told otherwise."""
    return Path(os.environ.get("SIMULATOR_DATA", "var/simulator"))
