"""Full-text search in English and Chinese with nothing but PostgreSQL's core.

English words are stemmed and, in the titles, also kept as they are, so that the
beginning of a word finds it. Chinese has no spaces: a run of characters is indexed
as its overlapping pairs plus its last character, so that any part of it is found.
"""

import re
from collections.abc import Iterator

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.db.models.expressions import Combinable

# What search makes of a text at most: nobody types more, and a query stays cheap.
MOST_WORDS = 8

_PIECES = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)|([^\W_]+)")


def document(
    *, titles: tuple[str, ...], texts: tuple[str, ...]
) -> SearchVector | Combinable:
    """The search vector of a listing: ``titles`` weigh more than ``texts``."""
    title, text = " ".join(titles), " ".join(texts)
    return (
        SearchVector(Value(title), config="english", weight="A")
        + SearchVector(Value(" ".join(_tokens(title))), config="simple", weight="A")
        + SearchVector(Value(text), config="english", weight="C")
        + SearchVector(Value(" ".join(_pairs_in(text))), config="simple", weight="C")
    )


def parse(text: str) -> SearchQuery | None:
    """What a person typed as a query; every word must be found. None when empty."""
    terms = []
    for han, word in list(_PIECES.findall(text.lower()))[:MOST_WORDS]:
        terms.append(_han_term(han) if han else _word_term(word))
    if not terms:
        return None
    query = terms[0]
    for term in terms[1:]:
        query = query & term
    return query


def _tokens(text: str) -> Iterator[str]:
    for han, word in _PIECES.findall(text.lower()):
        if han:
            yield from pairs(han)
        else:
            yield word


def _pairs_in(text: str) -> Iterator[str]:
    for han, _word in _PIECES.findall(text):
        if han:
            yield from pairs(han)


def pairs(han: str) -> list[str]:
    """Overlapping pairs of a run of Chinese characters, and its last character."""
    return [han[i : i + 2] for i in range(len(han) - 1)] + [han[-1]]


def _han_term(han: str) -> SearchQuery:
    """All pairs of the run; a single character is the beginning of some pair."""
    if len(han) == 1:
        return _raw(f"'{han}':*", "simple")
    wanted = pairs(han)[:-1]
    return _raw(" & ".join(f"'{pair}'" for pair in wanted), "simple")


def _word_term(word: str) -> SearchQuery:
    """The stem of ``word``, or any word of a title that begins like it."""
    return _raw(f"'{word}':*", "english") | _raw(f"'{word}':*", "simple")


def _raw(expression: str, config: str) -> SearchQuery:
    # Letters and digits only, by _PIECES: nothing in it can be an operator.
    return SearchQuery(expression, search_type="raw", config=config)
