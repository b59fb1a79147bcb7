"""Several connections at the same moment."""

from contextvars import copy_context
from threading import Barrier, Thread

from django.db import connection


def at_once(*acts):
    """Run each act on a connection of its own; its results or its errors, in order."""
    barrier = Barrier(len(acts))
    answers = [None] * len(acts)

    def run(index, act):
        try:
            barrier.wait(timeout=30)
            answers[index] = act()
        except Exception as error:  # noqa: BLE001 the test looks at what it was
            answers[index] = error
        finally:
            connection.close()

    # The stopped clock is part of the context.
    threads = [
        Thread(target=copy_context().run, args=(run, index, act))
        for index, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "an act hangs"
    return answers
