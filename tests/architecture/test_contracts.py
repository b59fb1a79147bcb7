"""The arrow between the packages, and the promises that the tree makes."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent.parent


def test_upper_imports_lower_and_never_back(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_every_variable_that_is_read_is_documented_and_the_other_way_round():
    read = set()
    for path in (ROOT / "config").glob("*.py"):
        read |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
    documented = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
    )
    assert read == documented


@pytest.mark.parametrize(
    "path",
    sorted(
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.html")
    ),
)
def test_template_compiles(path):
    try:
        get_template(path)
    except TemplateSyntaxError as problem:
        pytest.fail(str(problem))


def test_no_template_has_inline_style_or_script():
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=\"")
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "admin" not in path.parts and inline.search(path.read_text())
    ]
    assert guilty == []


def test_every_migration_is_written(transactional_db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def writes_of_status(tree):
    """Lines that assign ``x.status``, or pass ``status=`` to an ``update``."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(
            isinstance(one, ast.Attribute) and one.attr == "status" for one in targets
        ):
            yield node.lineno
        is_update = isinstance(node, ast.Call) and _name(node.func) == "update"
        if is_update and any(keyword.arg == "status" for keyword in node.keywords):
            yield node.lineno


def _name(function):
    return getattr(function, "attr", "")


def test_only_the_lifecycle_writes_a_status():
    guilty = [
        f"{path.relative_to(ROOT)}:{line}"
        for package in ("marketplace", "orders", "payments", "escrow")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
        for line in writes_of_status(ast.parse(path.read_text()))
    ]
    assert guilty == []
