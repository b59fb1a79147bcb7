"""The embedded server: nobody who was killed keeps it running."""

import json
import os
import subprocess
import sys

from config import database


def test_a_killed_process_no_longer_holds_the_server(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    handles = tmp_path / "handles.json"
    handles.write_text(json.dumps([ended.pid, os.getpid()]))

    database._forget_the_dead(handles)

    assert json.loads(handles.read_text()) == [os.getpid()]


def test_a_list_that_is_missing_or_broken_is_left_alone(tmp_path):
    handles = tmp_path / "handles.json"
    database._forget_the_dead(handles)
    handles.write_text("half a lis")

    database._forget_the_dead(handles)

    assert handles.read_text() == "half a lis"
