"""The words of sealing: where a mark goes, what a party enters, and the plan by which a
prepared file is signed without ever being parsed again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic

from paraph.sealing.draft import Sheet


class Kind(StrEnum):
    """What a slot takes."""

    SIGNATURE = "signature"
    STAMP = "stamp"
    INITIALS = "initials"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHECKBOX = "checkbox"
    CHOICE = "choice"
    REQUISITES = "requisites"
    # Where the party's company seals beside the party's signature: a field without a place.
    SEAL = "seal"

    @property
    def is_picture(self) -> bool:
        """Whether the slot shows a picture: a signature, a stamp or initials."""
        return self in (Kind.SIGNATURE, Kind.STAMP, Kind.INITIALS)


@dataclass(frozen=True)
class Box:
    """A rectangle from the top-left corner of the page as it is displayed.

    Measured in the page's own units, as PDFium reports its size: ``UserUnit`` scales both.
    """

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Slot:
    """A marked place of one party. ``name`` is ASCII without dots and unique in the file."""

    name: str
    party: str
    kind: Kind
    box: Box
    label: str
    required: bool = True
    read_only: bool = False
    font_size: float = 10


@dataclass(frozen=True)
class Act:
    """What one party does in the file: enters values, puts pictures, signs."""

    party: str
    signer_name: str
    signer_email: str
    values: Mapping[str, str | bool] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    lines: Sequence[str] = ()
    reason: str = ""


@dataclass(frozen=True)
class FormField:
    """A form field of the prepared file: its object number and its entries as written.

    ``width`` and ``height`` are those of the upright appearance; ``rotation`` is the page's.
    In a file that came with signatures a slot is no field: it lies ``inside`` the appearance
    of its party's signature, so far from the left and from the bottom.
    """

    number: int
    entries: Mapping[str, str]
    party: str = ""
    kind: str = ""
    width: float = 0
    height: float = 0
    rotation: int = 0
    font_size: float = 10
    inside: str = ""
    left: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class EmbeddedFont:
    """The font every appearance is written with; ``glyphs`` maps a character to (id, width)."""

    number: int
    ascent: int
    descent: int
    glyphs: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ValidationData:
    """The security store as it stands: object numbers by SHA-256 of what they are about.

    ``related`` holds the entries for single signatures (VRI) that the file came with.
    """

    number: int | None = None
    certificates: Mapping[str, int] = field(default_factory=dict)
    responses: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, int] = field(default_factory=dict)
    related: str = ""


@dataclass(frozen=True)
class Plan:
    """All that an incremental update of this very file needs to know.

    A plan fits exactly one revision: every act answers with the file's tail and its next plan.
    """

    length: int
    size: int
    startxref: int
    has_xref_stream: bool
    file_id: str
    root: int
    info: int | None
    catalog: Mapping[str, str]
    fields: Mapping[str, FormField]
    signature_of: Mapping[str, str]
    certify_field: str | None
    closing_field: str
    time_fields: Sequence[str]
    font: EmbeddedFont
    pictures: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    validation: ValidationData = field(default_factory=ValidationData)

    def locked_by(self, party: str) -> tuple[str, ...]:
        """The form fields that a party's signature freezes."""
        signature = self.signature_of[party]
        own = (
            name
            for name, field in self.fields.items()
            if field.party == party
            and name != signature
            and field.kind != Kind.SEAL
            and not field.inside
        )
        return tuple(own) or (signature,)

    def seal_of(self, party: str) -> str | None:
        """The field in which a party's company seals; none where none was prepared."""
        seals = (
            name
            for name, field in self.fields.items()
            if field.party == party and field.kind == Kind.SEAL
        )
        return next(seals, None)

    def to_json(self) -> str:
        """The plan as text, for whoever stores it beside the file."""
        return json.dumps(self, default=vars, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Read back what ``to_json`` wrote."""
        read = json.loads(text)
        read["fields"] = {name: FormField(**entry) for name, entry in read["fields"].items()}
        read["font"] = EmbeddedFont(**read["font"])
        read["validation"] = ValidationData(**read["validation"])
        return cls(**read)


@dataclass(frozen=True)
class Prepared(Generic[Sheet]):
    """A file ready for its first signature, with the plan that fits it."""

    pdf: Sheet
    plan: Plan


@dataclass(frozen=True)
class Revision:
    """What an act appends: the new file is ``old + tail``, and ``plan`` fits the new file."""

    tail: bytes
    plan: Plan
    certificates: tuple[bytes, ...]
