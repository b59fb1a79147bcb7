"""Everything that happens here because something happened below."""

from collections.abc import Mapping
from typing import Any

REACTIONS: Mapping[type, Any] = {}
