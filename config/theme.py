"""The desk's colours: the neutrals and the jade of ``static/css/tokens.css``."""

_LIGHTNESS = {
    "50": 98,
    "100": 95.5,
    "200": 91,
    "300": 83,
    "400": 71,
    "500": 58,
    "600": 47,
    "700": 40,
    "800": 32,
    "900": 25,
    "950": 17,
}


def _ramp(chroma: float, hue: int) -> dict[str, str]:
    """Eleven steps of one hue, palest first; the middle ones have most colour."""
    return {
        step: f"oklch({lightness}% {chroma * min(1, (100 - lightness) / 45):.3f} {hue})"
        for step, lightness in _LIGHTNESS.items()
    }


DESK_COLOURS = {"base": _ramp(0.012, 160), "primary": _ramp(0.1, 163)}
