"""All that a check found: the report, and what a page shows beside it.

Details and sheets travel as JSON from the child process; the report stays the contract.
"""

import base64
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from paraph.sealing.report import Report
from paraph.sealing.seen.places import Difference


@dataclass(frozen=True)
class Certificate:
    """A signer's certificate, as people compare it."""

    subject: str
    issuer: str
    serial: str
    valid_from: str
    valid_to: str
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Detail:
    """What one signature covered: the version of the file that ends there, and its hash.

    The authority is the root that vouches for the signer, and its fingerprint, if there is one.
    """

    field: str
    version: int
    length: int
    sha256: str
    certificate: Certificate | None
    reason: str = ""
    authority: str = ""
    authority_fingerprint: str = ""

    def to_dict(self) -> dict[str, Any]:  # JSON
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, answer: Mapping[str, Any]) -> Self:  # JSON
        certificate = answer["certificate"]
        known = Certificate(**certificate) if certificate else None
        return cls(**{**answer, "certificate": known})


@dataclass(frozen=True)
class Mark:
    """A place on a drawn page, and the number of its change in the list."""

    number: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Side:
    """One page as it was, or as it is now, with what was changed on it."""

    page: int
    width: float
    height: float
    picture: bytes
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Sheet:
    """A page before and now; one of them is missing where a page came or went."""

    old: Side | None
    new: Side | None

    def to_dict(self) -> dict[str, Any]:  # JSON
        return {"old": _written(self.old), "new": _written(self.new)}

    @classmethod
    def from_dict(cls, answer: Mapping[str, Any]) -> Self:  # JSON
        return cls(_side(answer["old"]), _side(answer["new"]))


def _written(side: Side | None) -> dict[str, Any] | None:  # JSON
    if side is None:
        return None
    return {**dataclasses.asdict(side), "picture": base64.b64encode(side.picture).decode()}


def _side(answer: Mapping[str, Any] | None) -> Side | None:  # JSON
    if answer is None:
        return None
    marks = [Mark(each["number"], tuple(each["box"])) for each in answer["marks"]]
    return Side(**{**answer, "picture": base64.b64decode(answer["picture"]), "marks": marks})


@dataclass(frozen=True)
class Examination:
    """The report of a file; the details of its signatures, in their order; what differs."""

    report: Report
    details: Sequence[Detail] = ()
    before: bytes = b""
    differences: Sequence[Difference] = ()
    sheets: Sequence[Sheet] = ()
