"""Single bytes changed, in each region of a file."""

import random
import re
from collections.abc import Iterator

from tests.sealing.mutants.bases import base
from tests.sealing.mutants.mutant import Forgery, Mutant

REGIONS = {
    "header": rb"%PDF-\d\.\d",
    "first-object": rb"\n\d+ 0 obj\b.{40}",
    "page-content": rb"stream\r?\n.{30,2000}?endstream",
    "byte-range": rb"/ByteRange ?\[[^\]]*\]",
    "message": rb"/Contents ?<[0-9a-fA-F]{600}",
    "filter": rb"/SubFilter ?/[A-Za-z.]+",
    "catalogue": rb"/Type ?/Catalog.{60}",
    "dss": rb"/(?:OCSPs|Certs|DSS)\b.{30}",
    "form": rb"/(?:AcroForm|Fields|SigFlags|FT)\b.{20}",
    "trailer": rb"/(?:Size|Root|Prev|ID)\b.{12}",
    "startxref": rb"startxref\s+\d+",
    "font": rb"/(?:FontFile2|Length1|BaseFont|ToUnicode)\b.{20}",
}


def flips(name: str, *, each: int) -> Iterator[Mutant]:
    """Change some bytes of every region that the file has."""
    file, dice = base(name), random.Random(name)
    for region, pattern in REGIONS.items():
        found = list(re.finditer(pattern, file, re.DOTALL))
        for number in range(each if found else 0):
            match = dice.choice(found)
            place = dice.randrange(match.start() + 1, match.end())
            yield Mutant(f"{name}-flip-{region}-{number}", name, flipped(place, dice))
    for number in range(each):
        place = dice.randrange(len(file))
        yield Mutant(f"{name}-flip-anywhere-{number}", name, flipped(place, dice))


def flipped(place: int, dice: random.Random) -> Forgery:
    """Change one bit, so that a hexadecimal digit becomes another digit, not another case."""
    bit = 1 << dice.choice((0, 1, 2, 4))
    return lambda pdf: pdf[:place] + bytes([pdf[place] ^ bit]) + pdf[place + 1 :]
