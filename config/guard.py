"""Ends what a killed supervisor leaves behind.

Whoever starts the product holds one end of a pipe to this process, and tells it whom
it has started. When that end closes, by whatever death, everybody still listed is
ended here, and the embedded database with them.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from config.env import ROOT

KIND_SECONDS = 4.0
DISMISSED = "dismissed"


class Guard:
    """The supervisor's side.

    :param folder: the product's data; :param throw_away: nobody needs it afterwards.
    """

    def __init__(self, folder: Path, *, throw_away: bool = False) -> None:
        kind = "throw-away" if throw_away else "keep"
        command = [sys.executable, "-m", "config.guard"]
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [*command, str(os.getpid()), str(folder), kind],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            # Neither a Ctrl-C nor a closed terminal is meant for it.
            start_new_session=True,
        )

    def watch(self, pid: int) -> None:
        """``pid`` leads a group of processes that must not outlive us."""
        self._tell(f"+{pid}")

    def forget(self, pid: int) -> None:
        """``pid`` has ended: the number may soon be somebody else's."""
        self._tell(f"-{pid}")

    def dismiss(self) -> None:
        """Everything was ended by the supervisor itself."""
        self._tell(DISMISSED)
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        # Without its guard the product still runs.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()


def main(supervisor: int, folder: Path, *, throw_away: bool, told: IO[str]) -> None:
    """The guard's side: listen until the supervisor is gone, then clean up."""
    watched: list[int] = []
    for line in map(str.strip, told):
        if line == DISMISSED:
            return
        pid = int(line[1:])
        if line.startswith("+"):
            watched.append(pid)
        elif pid in watched:
            watched.remove(pid)
    _end(watched)
    if (folder / "postgres").exists():
        from config import database

        database.stop_unused(folder / "postgres", gone=supervisor)
    if throw_away:
        shutil.rmtree(folder, ignore_errors=True)


def _end(groups: list[int]) -> None:
    """Kindly first, then for certain."""
    for group in groups:
        _signal(group, signal.SIGTERM)
    deadline = time.monotonic() + KIND_SECONDS
    while any(_signal(group, 0) for group in groups):
        if time.monotonic() > deadline:
            for group in groups:
                _signal(group, signal.SIGKILL)
            return
        time.sleep(0.1)


def _signal(group: int, number: int) -> bool:
    """Whether there was anybody to hear it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main(
        int(sys.argv[1]),
        Path(sys.argv[2]),
        throw_away=sys.argv[3] == "throw-away",
        told=sys.stdin,
    )
