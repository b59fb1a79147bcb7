"""Texts of others that our catalogue has to say: unfold's, which come in English only,
and a few of Django's, so that one voice speaks on a page. Nothing here is called.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

UNFOLD = (
    _("All applications"),
    _("Apply Filters"),
    _("Dark"),
    _("Date from"),
    _("Date to"),
    _("False"),
    _("General"),
    _("Go back"),
    _("Image preview"),
    _("Light"),
    _("Loading more results..."),
    _("More actions"),
    _("No data"),
    _("No recent searches"),
    _("No results found"),
    _("No results matching your query"),
    _("Recent searches"),
    _("Reset filters"),
    _("Return to site"),
    _("Search apps and models..."),
    _("Select value"),
    _("System"),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("True"),
    _("Type to search"),
    _("You have been successfully logged out from the administration"),
)

# Said with the politeness and the spacing of our own texts.
DJANGO = (
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
)
