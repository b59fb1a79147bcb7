"""Translations without gettext's programs: gather, compile, and prove complete.

``python -m config.messages gather | compile | check``. Babel reads Python and writes
catalogues; Django's own ``templatize`` turns a template into something Babel can read.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
PO = ROOT / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = "# Danbao in Simplified Chinese; gathered by ``python -m config.messages``."
PACKAGES = ("config", "kernel", "marketplace", "orders", "payments", "escrow")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def _found() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """(file, line, text, context) of every text in the sources."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "/migrations/" not in name:
                for line, text, _, context in extract_from_file(
                    "python", path, keywords=KEYWORDS
                ):
                    yield name, line, text, context
    yield from _in_templates()


def _in_templates() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    folder = ROOT / "templates"
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        source = templatize(path.read_text(), origin=str(path))
        # In brackets, since a template's indents are no Python.
        file = io.BytesIO(f"[{source}\n]".encode())
        for line, text, _, context in extract("python", file, keywords=KEYWORDS):
            yield str(path.relative_to(ROOT)), line, text, context


def _catalogue(created: datetime | None = None) -> Catalog:
    """Everything in the sources, untranslated.

    :param created: the catalogue's own date; gathering again must not change it.
    """
    catalogue = Catalog(
        LOCALE,
        project="Danbao",
        version="1",
        last_translator="Danbao",
        header_comment=HEADER,
        creation_date=created,
        revision_date=created,
        fuzzy=False,
        charset="utf-8",
    )
    catalogue.msgid_bugs_address = catalogue.language_team = ""
    for name, _, text, context in _found():
        catalogue.add(text, locations=[(name, None)], context=context)
    return catalogue


def _written() -> Catalog:
    if not PO.exists():
        return Catalog(LOCALE, charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale=LOCALE)


def gather() -> int:
    """Bring the catalogue up to date; known translations stay, dead ones go."""
    known = _written()
    fresh = _catalogue(known.creation_date if PO.exists() else None)
    for message in fresh:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None:
            message.string = old.string
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, width=88, sort_output=True, omit_header=False)
    print(
        f"{PO.relative_to(ROOT)}: {len(fresh)} texts, {len(_untranslated(fresh))} open"
    )
    return 0


def compile_() -> int:
    """Write the binary catalogue that Django reads, when it is older than the text."""
    if not PO.exists():
        return 0
    if not MO.exists() or MO.stat().st_mtime < PO.stat().st_mtime:
        with MO.open("wb") as file:
            write_mo(file, _written())
    return 0


def check() -> int:
    """Fail when a text is missing from the catalogue, or has no translation."""
    known = _written()
    missing = [
        message.id
        for message in _catalogue()
        if message.id and known.get(message.id, message.context) is None
    ]
    for text in missing:
        print(f"not gathered: {text!r}")
    unfinished = _untranslated(known)
    for message in unfinished:
        print(f"not translated: {message.id!r}")
    wrong = [message for message in known if message.id and not _same_fields(message)]
    for message in wrong:
        print(f"placeholders differ: {message.id!r} / {message.string!r}")
    return 1 if missing or unfinished or wrong else 0


def _texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _untranslated(catalogue: Catalog) -> list[Message]:
    return [
        message
        for message in catalogue
        if message.id and not all(_texts(message.string or ""))
    ]


def _same_fields(message: Message) -> bool:
    """Whether the translation fills in just what the text does (``%(name)s``)."""
    field = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    wanted = set(field.findall(_texts(message.id)[-1]))
    return all(set(field.findall(text)) == wanted for text in _texts(message.string))


ACTS = {"gather": gather, "compile": compile_, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ACTS:
        sys.exit(f"usage: python -m config.messages {' | '.join(ACTS)}")
    sys.exit(ACTS[sys.argv[1]]())
