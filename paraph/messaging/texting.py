"""How long a text message is: in how many parts a phone gets it, and which letters cost more."""

from dataclasses import dataclass

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The alphabet of GSM 03.38: 160 of these letters make one message."""

ESCAPED = set("^{}\\[~]|€")
"""These take two places of it."""


@dataclass(frozen=True)
class Size:
    """How a text travels."""

    letters: int
    parts: int
    unusual: str
    """The letters that make every part hold 70 instead of 160, if there are any."""


def size_of(text: str) -> Size:
    """Count as a provider does; parts that belong together hold 153 or 67."""
    unusual = "".join(dict.fromkeys(it for it in text if it not in GSM and it not in ESCAPED))
    if unusual:
        units = len(text.encode("utf-16-be")) // 2
        alone, together = 70, 67
    else:
        units = len(text) + sum(it in ESCAPED for it in text)
        alone, together = 160, 153
    parts = 1 if units <= alone else -(-units // together)
    return Size(units, parts, unusual[:20])
