"""The style guide shows every component there is, and renders in both languages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from config import styleguide

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_renders(rf: RequestFactory, language: str) -> None:
    request = rf.get("/styleguide/", {"lang": language})
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]

    html = styleguide.show(request).content.decode()

    assert f'<html lang="{language}"' in html
    assert "{%" not in html
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_the_readme_names_every_component() -> None:
    readme = (TEMPLATES / "components" / "README.md").read_text()
    parts_of_others = {"head_assets", "region_forms", "seal", "site_footer"}
    parts_of_others |= {"site_header", "field_label", "field_help", "field_errors"}

    names = {path.stem for path in (TEMPLATES / "components").glob("*.html")}

    assert (
        sorted(name for name in names - parts_of_others if f"`{name}`" not in readme)
        == []
    )
