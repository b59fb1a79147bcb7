"""The Chinese catalogue: complete, true to the English, written as Chinese."""

import gettext
import io
import re
from collections.abc import Iterator

import pytest
from babel.messages import Message
from babel.messages.mofile import write_mo
from django.apps import apps
from django.contrib import admin
from django.utils import translation

from config import desk, messages
from escrow import books

# Names that are written the same in both languages.
PROPER_NAMES = {"DHL", "UPS"}
HAN = re.compile("[\u4e00-\u9fff]")
TAG = re.compile(r"<[^>]*>")
FIELD = re.compile(r"%\(\w+\)[sd]")
# What Chinese writes in full width.
HALF_WIDTH = re.compile(r"[,;:?!()]")


@pytest.fixture(scope="module")
def written() -> list[Message]:
    return [message for message in messages._written() if message.id]


def english(message: Message) -> str:
    return messages._texts(message.id)[-1]


def chinese(message: Message) -> list[str]:
    return messages._texts(message.string)


def test_the_command_finds_nothing_amiss(capsys):
    assert messages.check() == 0, capsys.readouterr().out


def test_nothing_is_kept_that_no_source_says(written):
    said = {(one.id, one.context) for one in messages._catalogue() if one.id}
    assert {(one.id, one.context) for one in written} <= said


def test_no_text_is_counted_in_one_place_and_not_in_another():
    """gettext keeps one entry for both, and would fill in the wrong one."""
    plain, counted = set(), set()
    for _file, _line, text, context in messages._found():
        if isinstance(text, str):
            plain.add((text, context))
        else:
            counted.add((text[0], context))
    assert plain & counted == set()


def test_every_text_has_one_form_and_says_it_in_chinese(written):
    for message in written:
        assert len(chinese(message)) == 1, message.id
        (text,) = chinese(message)
        bare = FIELD.sub("", TAG.sub("", text))
        is_words = re.search(
            "[A-Za-z]{2}", FIELD.sub("", TAG.sub("", english(message)))
        )
        if is_words and english(message) not in PROPER_NAMES:
            assert HAN.search(bare), f"{message.id!r} / {text!r}"


def test_fields_and_tags_are_those_of_the_source(written):
    for message in written:
        (text,) = chinese(message)
        for pattern in (FIELD, TAG):
            wanted = sorted(set(pattern.findall(english(message))))
            assert sorted(set(pattern.findall(text))) == wanted, message.id


def test_punctuation_is_chinese(written):
    for message in written:
        (text,) = chinese(message)
        bare = TAG.sub("", FIELD.sub("", text))
        if HAN.search(bare):
            assert not HALF_WIDTH.search(bare), text
            assert not re.search("[\uff01!]", bare), f"no exclamation marks: {text}"
            assert not re.search("[\u4e00-\u9fff] +[0-9A-Za-z]", bare), text
            assert not re.search("[0-9A-Za-z] +[\u4e00-\u9fff]", bare), text


def test_the_binary_catalogue_loads_and_counts(written):
    file = io.BytesIO()
    write_mo(file, messages._written())
    file.seek(0)
    loaded = gettext.GNUTranslations(file)
    assert loaded.pgettext("money", "Released") == "已放款"
    assert loaded.gettext("Confirm receipt") == "确认收货"
    one, many = "%(n)d day ago", "%(n)d days ago"
    assert loaded.ngettext(one, many, 1) == loaded.ngettext(one, many, 5) == "%(n)d天前"


UNSPOKEN = re.compile(
    r"{% comment .*?{% endcomment %}|{#.*?#}"
    r"|{% block \w+_class %}.*?{% endblock"
    r"|{% blocktranslate .*?{% endblocktranslate %}"
    r"|{%.*?%}|{{.*?}}|<script.*?</script>|<svg.*?</svg>",
    re.S,
)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")
# The name, and what is no language's word.
BRAND = re.compile(r"Danbao|&\w+;")


@pytest.mark.parametrize(
    "path",
    sorted(
        path.relative_to(messages.ROOT / "templates")
        for path in (messages.ROOT / "templates").rglob("*.html")
        if "styleguide" not in path.parts
    ),
    ids=str,
)
def test_every_word_of_a_template_is_marked(path):
    source = (messages.ROOT / "templates" / path).read_text()
    # Tags first: what is left of an attribute or a text is the template's own.
    bare = UNSPOKEN.sub(" ", source)
    said = [*SPOKEN_ATTRIBUTE.findall(bare), TAG.sub(" ", bare)]
    words = re.findall("[A-Za-z]{2,}", BRAND.sub(" ", " ".join(said)))
    assert words == [], "mark these for translation"


def shown_names() -> Iterator[str]:
    """What the desk calls its tables, and the columns that it shows of them."""
    for label in desk.APPS:
        config = apps.get_app_config(label)
        yield str(config.verbose_name)
    for model, shown in admin.site._registry.items():
        if model._meta.app_label not in desk.APPS:
            continue
        yield from (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        for one in (shown, *(inline(model, admin.site) for inline in shown.inlines)):
            yield from _columns(one)


def _columns(shown: admin.options.BaseModelAdmin) -> Iterator[str]:
    known = {field.name: field for field in shown.model._meta.fields}
    named = [*(shown.fields or ()), *getattr(shown, "list_display", ())]
    named += [*getattr(shown, "list_filter", ()), *getattr(shown, "asked", ())]
    for group in named:
        for name in group if isinstance(group, tuple) else (group,):
            if name in known:
                yield str(known[name].verbose_name)


def test_the_desk_is_named_in_chinese():
    from config import urls  # noqa: F401  (names everything)

    with translation.override("zh-hans"):
        plain = {name for name in shown_names() if not HAN.search(name)}
    assert plain == set(), "add these to config/desk.py; gather, compile"


def test_every_rule_of_the_books_is_told_in_chinese():
    with translation.override("zh-hans"):
        plain = {
            name
            for name, check in books.CHECKS.items()
            if not HAN.search(translation.gettext(check.rule))
        }
    assert plain == set()
