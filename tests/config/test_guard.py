"""A killed supervisor leaves nobody behind, whatever the folder is called."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# Whoever it starts hears no kind word.
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(120)"
SUPERVISOR = f"""
import subprocess, sys, time
from pathlib import Path
from config.guard import Guard

folder = Path(sys.argv[1])
guard = Guard(folder, throw_away=sys.argv[2] == "throw-away")
child = subprocess.Popen([sys.executable, "-c", {STUBBORN!r}], start_new_session=True)
guard.watch(child.pid)
server = 0
if "database" in sys.argv:
    import psycopg
    from config import database
    url = database.embedded_url(folder / "postgres")
    with psycopg.connect(url) as connection:
        connection.execute("SELECT 1")
    server = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
print(child.pid, server, flush=True)
if "ends" in sys.argv:
    child.kill()
    child.wait()
    guard.forget(child.pid)
    guard.dismiss()
else:
    time.sleep(120)
"""


def a_supervisor(folder, *manner):
    folder.mkdir(parents=True)
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(folder), *manner],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def runs(pid):
    """Whether ``pid`` lives; one that has ended and waits to be buried does not."""
    status = Path(f"/proc/{pid}/status")
    if sys.platform == "linux":
        return status.exists() and "\nState:\tZ" not in status.read_text()
    return subprocess.run(["kill", "-0", str(pid)], check=False).returncode == 0


def gone(pid, seconds=15):
    ends = time.monotonic() + seconds
    while runs(pid) and time.monotonic() < ends:
        time.sleep(0.1)
    return not runs(pid)


@pytest.mark.parametrize("manner", ["keep", "throw-away"])
def test_a_killed_supervisor_takes_everybody_along(tmp_path, manner):
    folder = tmp_path / "data"
    supervisor = a_supervisor(folder, manner)
    child, _server = map(int, supervisor.stdout.readline().split())
    assert runs(child)

    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()

    assert gone(child)
    ends = time.monotonic() + 5
    while folder.exists() and manner == "throw-away" and time.monotonic() < ends:
        time.sleep(0.1)
    assert folder.exists() == (manner == "keep")


def test_who_has_ended_is_forgotten(tmp_path):
    supervisor = a_supervisor(tmp_path / "data", "throw-away", "ends")

    assert supervisor.wait(30) == 0
    assert (tmp_path / "data").exists()


@pytest.fixture
def public():
    """A folder that root's server reaches: it runs as somebody else.

    Every session of pytest closes ``tmp_path`` to others when it starts.
    """
    with tempfile.TemporaryDirectory(prefix="danbao-guard-") as folder:
        yield Path(folder)


ODD = "a b'c\"%41$HOME`id`\\;店"


@pytest.mark.parametrize("name", [ODD, "long" * 30])
def test_the_database_lives_in_any_folder_and_ends_too(public, name, monkeypatch):
    links = public / "links"
    links.mkdir()
    monkeypatch.setenv("TMPDIR", str(links))
    supervisor = a_supervisor(public / name, "keep", "database")
    child, server = map(int, supervisor.stdout.readline().split())
    assert runs(server)

    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()

    assert gone(child)
    assert gone(server)


def test_a_folder_that_somebody_else_has_laid_out_is_not_used(tmp_path, monkeypatch):
    from config import database

    monkeypatch.setattr(database.tempfile, "gettempdir", lambda: str(tmp_path))
    odd = tmp_path / "an odd folder"
    odd.mkdir()
    link = database._plain(odd)
    assert link.resolve() == odd

    link.unlink()
    link.parent.rmdir()
    link.parent.symlink_to(odd, target_is_directory=True)
    with pytest.raises(PermissionError):
        database._plain(odd)
