"""A QR code as inline SVG, the shop's seal in its middle; drawn once per attempt."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules, by the standard
# The seal covers about a twentieth of the modules. Level Q mends a quarter of them, so
# that a dirty screen may still hide some more.
SEAL_SHARE = 0.2
# The brand mark as in static/img/seal.svg, on its own 32 by 32 field.
SEAL = mark_safe(
    '<rect width="32" height="32" rx="5.5" fill="#c5391d"/>'
    '<g fill="none" stroke="#fffaf5" stroke-width="2.2" stroke-linecap="square">'
    '<path d="M5.8 11.2h7.6M9.9 6.6v17.6c0 1.2-.5 1.6-2.6 1.4M5.9 19.3l7.4-2.5"/>'
    '<path d="M17.4 7.4h8v11.4h-8zM17.6 13h7.6M15.4 24.6h11.4"/></g>'
)


def svg(payload: str) -> str:
    """``payload`` as an SVG drawing in black, quiet zone included.

    Runs of dark modules become horizontal strokes of one path, so that the drawing
    is small and has no seams. The field under the seal is left white.
    """
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_Q, border=QUIET_ZONE
    )
    code.add_data(payload)
    code.make(fit=True)
    rows = code.get_matrix()
    first, last = _field(len(rows))
    for row in rows[first:last]:
        row[first:last] = [False] * (last - first)
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        'focusable="false" aria-hidden="true">'
        '<path fill="#000" shape-rendering="crispEdges" d="{path}"/>{seal}</svg>',
        size=len(rows),
        path=path,
        seal=_seal(first, last),
    )


def _field(size: int) -> tuple[int, int]:
    """The first and the last (excluded) module of the white field in the middle."""
    modules = size - 2 * QUIET_ZONE
    # As odd as the code itself, so that it stands exactly in the middle.
    side = round(modules * SEAL_SHARE) // 2 * 2 + 1
    first = (size - side) // 2
    return first, first + side


def _seal(first: int, last: int) -> SafeString:
    """The mark within its field, half a module away from the code around it."""
    return format_html(
        '<g transform="translate({place} {place}) scale({scale})">{seal}</g>',
        place=first + 0.5,
        scale=round((last - first - 1) / 32, 5),
        seal=SEAL,
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where the dark stretches of a row begin, and how long they are."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
