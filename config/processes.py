"""Starts the processes of the whole product, and stops every one of them again."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx

from config.env import ROOT
from config.guard import Guard

STOP_SECONDS = 10.0


class CannotStart(Exception):
    """A process did not come up; the message says which, and where its log is."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_stays_taken(port: int, seconds: float = 5) -> bool:
    """Whether somebody listens there, and is not just about to end."""
    ends = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return False
        if time.monotonic() > ends:
            return True
        time.sleep(0.2)


@dataclass
class Stack:
    """The simulator, the web server and the worker, with their logs in ``var/logs``.

    A context manager: leaving it stops all of them, in reverse order. Entered before
    anything is started, it has them ended even when this process is killed.
    """

    var: Path
    port: int
    simulator_port: int
    environment: dict[str, str] = field(default_factory=dict)
    simulator_options: tuple[str, ...] = ("--qr-prefix", "self")
    throw_away: bool = False
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _logs: list[IO[bytes]] = field(default_factory=list)
    _guard: Guard | None = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def simulator_origin(self) -> str:
        return f"http://localhost:{self.simulator_port}"

    def __enter__(self) -> "Stack":
        self._guard = Guard(self.var, throw_away=self.throw_away)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        assert self._guard is not None
        self._guard.dismiss()

    def start_simulator(self) -> None:
        """Start Alipay's stand-in and take over the keys that it hands out."""
        data = self.var / "simulator"
        self._spawn(
            "simulator",
            [
                *(sys.executable, "-m", "alipay_simulator", "serve"),
                *("--port", str(self.simulator_port), "--data", str(data)),
                *("--public-url", self.simulator_origin, *self.simulator_options),
                *("--merchant-name", "Danbao", "--merchant-name-zh", "担保"),
            ],
            os.environ.copy(),
        )
        self._wait("simulator", f"{self.simulator_origin}/healthz")
        app = json.loads((data / "app.json").read_text())
        self.environment |= {
            "ALIPAY_GATEWAY_URL": app["gateway_url"],
            "ALIPAY_APP_ID": app["app_id"],
            "ALIPAY_SELLER_ID": app["seller_id"],
            "ALIPAY_APP_PRIVATE_KEY_FILE": app["app_private_key_file"],
            "ALIPAY_PUBLIC_KEY_FILE": app["alipay_public_key_file"],
            "SIMULATOR_URL": self.simulator_origin,
        }

    def start_web(self) -> None:
        self._spawn(
            "web",
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("--host", "127.0.0.1", "--port", str(self.port)),
                # A body that does not come keeps its thread (granian knows no deadline
                # for it); a few of these must not be all. A proxy takes them whole.
                *("--workers", "1", "--blocking-threads", "16"),
                # A head is short and comes at once.
                *("--http1-header-read-timeout", "10000"),
                *("--http1-buffer-size", "65536"),
                *("--no-log", "config.wsgi:application"),
            ],
            self.env(),
        )
        self._wait("web", f"{self.origin}/healthz")

    def start_worker(self) -> None:
        self._spawn(
            "worker",
            [
                *(sys.executable, "-m", "celery", "--app", "config", "worker"),
                *("--beat", "--schedule", str(self.var / "celerybeat-schedule")),
                *("--pool", "threads", "--concurrency", "8", "--loglevel", "WARNING"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            self.env(),
        )

    def start(self) -> None:
        self.start_simulator()
        self.start_web()
        self.start_worker()

    def watch(self) -> str:
        """Wait until one of the processes ends; its name."""
        while True:
            for name, process in self.running.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.5)

    def log_of(self, name: str) -> Path:
        return self.var / "logs" / f"{name}.log"

    def stop(self, *names: str) -> None:
        """Stop the named processes, or all: kindly first, then for certain."""
        for name in names or tuple(reversed(self.running)):
            process = self.running.pop(name, None)
            if process is None:
                continue
            _signal_group(process, signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)
                process.wait()
            if self._guard is not None:
                self._guard.forget(process.pid)
        if not self.running:
            for log in self._logs:
                log.close()
            self._logs.clear()

    def env(self) -> dict[str, str]:
        """The environment of our own processes, and of ``manage.py`` beside them."""
        return {
            **os.environ,
            "DANBAO_VAR": str(self.var),
            "DANBAO_DEMO": "true",
            "DANBAO_ORIGIN": self.origin,
            "PORT": str(self.port),
            **self.environment,
        }

    def _spawn(self, name: str, argv: list[str], env: dict[str, str]) -> None:
        log_path = self.log_of(name)
        log_path.parent.mkdir(parents=True, exist_ok=True)
        log = log_path.open("ab")
        self._logs.append(log)
        self.running[name] = subprocess.Popen(  # noqa: S603  (our own programs)
            argv,
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            # A Ctrl-C is for the parent, which then stops them in order.
            start_new_session=True,
        )
        if self._guard is not None:
            self._guard.watch(self.running[name].pid)

    def _wait(self, name: str, url: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        with httpx.Client(timeout=2) as http:
            while time.monotonic() < deadline:
                if self.running[name].poll() is not None:
                    break
                with contextlib.suppress(httpx.HTTPError):
                    if http.get(url).status_code == 200:
                        return
                time.sleep(0.1)
        log = self.log_of(name)
        lines = log.read_text(errors="replace").strip().splitlines()
        last = f" ({lines[-1][:200]})" if lines else ""
        raise CannotStart(f"{name} did not start{last}; see {log}")


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
