"""HTML that is drawn once and filled in many times: its words stay, what differs is a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping


class Mould:
    """HTML with gaps that have names; what goes in is escaped already."""

    GAP = re.compile("\ue000([a-z0-9-]+)\ue001")

    def __init__(self, html: str) -> None:
        self.parts = self.GAP.split(html)

    @staticmethod
    def gap(name: str) -> str:
        """Return what stands in the HTML where something is to be filled in."""
        return f"\ue000{name}\ue001"

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the HTML with the values in its gaps."""
        parts = self.parts.copy()
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)
