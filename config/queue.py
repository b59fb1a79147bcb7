"""Celery's queue in files, for where there is no Redis: whole messages or none.

kombu writes a message under its final name, so that a worker may read it before a
letter of it is there; the worker then ends. Here a file gets its name when it is whole.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):  # type: ignore[misc]
    """The filesystem's channel, safe with several writers and readers at once."""

    def _put(self, queue: str, payload: Any, **options: Any) -> None:
        unfinished = Path(self.data_folder_out) / f"{os.urandom(8).hex()}.unfinished"
        unfinished.write_bytes(str_to_bytes(dumps(payload)))
        # Readers take the files in the order of their names.
        name = f"{time.time_ns()}_{unfinished.stem}.{queue}.msg"
        unfinished.replace(unfinished.with_name(name))

    def _queue_bind(self, *names: Any) -> None:
        with self._alone():
            super()._queue_bind(*names)

    def get_table(self, exchange: str) -> Any:
        with self._alone():
            return super().get_table(exchange)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the table of queues: a new one is empty for a moment."""
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "lock").open("wb") as held:
            filesystem.lock(held, filesystem.LOCK_EX)
            try:
                yield
            finally:
                filesystem.unlock(held)


class Transport(filesystem.Transport):  # type: ignore[misc]
    Channel = Channel


def use() -> None:
    """Let ``filesystem://`` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
