"""Carriers a shop may choose, and what their tracking numbers look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Carrier:
    """``pattern`` matches a whole tracking number in capitals, without spaces."""

    code: str
    name: str | Promise
    pattern: re.Pattern[str]
    example: str

    def accepts(self, tracking_number: str) -> bool:
        return self.pattern.fullmatch(tracking_number) is not None


def _postal(country: str) -> re.Pattern[str]:
    """The postal union's S10: two letters, nine digits, the country."""
    return re.compile(rf"[A-Z]{{2}}[0-9]{{9}}{country}")


_KNOWN = (
    Carrier(
        "sf",
        _("SF Express"),
        re.compile(r"SF[0-9]{12,15}|[0-9]{12}"),
        "SF1234567890123",
    ),
    Carrier("yto", _("YTO Express"), re.compile(r"YT[0-9]{13}"), "YT1234567890123"),
    Carrier("zto", _("ZTO Express"), re.compile(r"[0-9]{12,15}"), "751234567890"),
    Carrier("sto", _("STO Express"), re.compile(r"[0-9]{12,15}"), "772345678901234"),
    Carrier("yunda", _("Yunda Express"), re.compile(r"[0-9]{13,15}"), "4312345678901"),
    Carrier("ems", _("EMS / China Post"), _postal("CN"), "EA123456789CN"),
    Carrier("royal_mail", _("Royal Mail"), _postal("GB"), "RM123456789GB"),
    Carrier("japan_post", _("Japan Post"), _postal("JP"), "EJ123456789JP"),
    Carrier(
        "usps", _("USPS"), re.compile(r"[A-Z]{2}[0-9]{9}US|9[0-9]{21}"), "EC123456789US"
    ),
    Carrier(
        "dhl",
        _("DHL"),
        re.compile(r"[0-9]{10,11}|JD[0-9]{18}|[0-9]{12,20}"),
        "1234567890",
    ),
    Carrier("ups", _("UPS"), re.compile(r"1Z[0-9A-Z]{16}"), "1Z999AA10123456784"),
    Carrier("fedex", _("FedEx"), re.compile(r"[0-9]{12}|[0-9]{15}"), "123456789012"),
)

CARRIERS: Mapping[str, Carrier] = {one.code: one for one in _KNOWN}


def normalized(tracking_number: str) -> str:
    """As carriers print it: capitals, without spaces and hyphens."""
    return re.sub(r"[\s\-]", "", tracking_number).upper()


def name_of(code: str) -> str:
    """The carrier's name in the reader's language; an unknown code as it is."""
    known = CARRIERS.get(code)
    return str(known.name) if known else code
