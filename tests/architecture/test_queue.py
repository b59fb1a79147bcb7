"""The queue in files: a message is there as a whole, or not at all."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from config import queue


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Any]:
    options = {
        name: str(tmp_path)
        for name in ("data_folder_in", "data_folder_out", "control_folder")
    }
    with Connection(
        "filesystem://", transport=queue.Transport, transport_options=options
    ) as connection:
        yield connection.channel()


def test_a_reader_never_sees_half_a_message(
    channel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def slowly(path: Path, data: bytes) -> int:
        write(path, data[:5])
        with pytest.raises(Empty):
            channel._get("bells")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", slowly)
    channel._put("bells", {"sweep": "one"})
    assert channel._get("bells") == {"sweep": "one"}


def test_messages_come_in_the_order_in_which_they_were_put(channel: Any) -> None:
    for number in range(20):
        channel._put("bells", {"number": number})
    assert [channel._get("bells")["number"] for _ in range(20)] == list(range(20))


def test_the_table_of_queues_is_kept(channel: Any) -> None:
    channel._queue_bind("bells", "bells", "", "bells")
    channel._queue_bind("bells", "others", "", "others")
    assert {row.queue for row in channel.get_table("bells")} == {"bells", "others"}


def test_celery_uses_it_for_its_files(tmp_path: Path) -> None:
    with Connection("filesystem://") as connection:
        assert connection.transport_cls == "filesystem"
        assert isinstance(connection.transport, queue.Transport)
