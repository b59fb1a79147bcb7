"""docs/money.md says what the books say."""

import os
from pathlib import Path

import pytest
from django.db import transaction

from escrow import books
from tests.escrow.stories import INTRO, STORIES

PAGE = Path(__file__).parents[2] / "docs" / "money.md"
pytestmark = pytest.mark.django_db


def _lived(live, gateway, clock):
    """Live one story on empty books, and leave them empty."""
    before = transaction.savepoint()
    story = live(gateway, clock)
    assert books.problems() == []
    transaction.savepoint_rollback(before)
    return story.told()


def test_the_page_tells_what_the_books_say(gateway, clock):
    told = "\n".join([INTRO, *(_lived(live, gateway, clock) for live in STORIES)])
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(told)

    assert PAGE.read_text() == told
