"""A party's places: how the desk shows them, and what its form says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from paraph.documents.pictures import clean_picture
from paraph.documents.refusals import CannotUse
from paraph.kit import files
from paraph.people.http import Request
from paraph.signing import details, rules
from paraph.signing.actions import ceremony
from paraph.signing.attachments import keep_attachment
from paraph.signing.models import Field, FieldKind, Party, SigningSession
from paraph.signing.pictures import saved_picture, written
from paraph.signing.refusals import CannotSave

LARGEST, LETTER, MARGIN = 10, 0.58, 6  # letters: their size, and how wide one is of it


@dataclass(frozen=True)
class Step:
    """One place as the desk asks for it: what lies there, what was typed, what is wrong."""

    place: Field
    number: int
    value: str
    typed: str
    problem: str
    ways: list[str] = field(default_factory=list)  # of giving a picture
    way: str = ""

    @property
    def is_picture(self) -> bool:
        return self.place.kind in rules.PICTURES

    @property
    def is_lines(self) -> bool:
        """Tell whether the place takes more than one line."""
        return self.place.kind == FieldKind.REQUISITES

    @property
    def is_email(self) -> bool:
        """Tell whether an e-mail address is wanted: its typing mistakes are pointed out."""
        return self.place.source.endswith(".email")

    @property
    def may_be_kept(self) -> bool:
        """Tell whether the sender would like to take the answer over, if the party agrees."""
        return details.is_ours_to_keep(self.place)

    @property
    def is_filled(self) -> bool:
        return rules.is_filled(self.place)

    @property
    def shown(self) -> str:
        """What is kept for the place, as people read it on the page."""
        kept = self.place.value
        if self.place.kind == FieldKind.CHECKBOX:
            return "✓" if kept else ""
        is_day = kept and self.place.kind == FieldKind.DATE
        return date_format(date.fromisoformat(kept), "DATE_FORMAT") if is_day else kept

    @property
    def font_size(self) -> float:
        """About the size in which it fits; the script measures, and the sealed file is exact."""
        room = self.place.width - MARGIN
        return round(min(LARGEST, room / max(1, len(self.shown)) / LETTER), 2)


def steps(
    places: list[Field], *, party: Party, form: Mapping[str, str], problems: Mapping[int, str]
) -> list[Step]:
    """Return the steps in the order of the pages; what the form says wins over what is kept."""
    return [
        _step(number, places, party=party, form=form, problem=problems.get(place.pk, ""))
        for number, place in enumerate(places, start=1)
    ]


def _step(
    number: int, places: list[Field], *, party: Party, form: Mapping[str, str], problem: str
) -> Step:
    place = places[number - 1]
    ways = _ways(place, before=places[: number - 1], party=party)
    chosen = form.get(f"how-{place.pk}", "")
    return Step(
        place=place,
        number=number,
        value=form.get(f"field-{place.pk}", place.value),
        typed=form.get(f"typed-{place.pk}", party.name),
        problem=problem,
        ways=ways,
        way=chosen if chosen in ways else next((way for way in ways if way != "drawn"), ""),
    )


def _ways(place: Field, *, before: list[Field], party: Party) -> list[str]:
    """Return how a picture may come into a place, the likeliest first."""
    if place.kind not in rules.PICTURES:
        return []
    ways = ["kept"] if place.picture else []
    if saved_picture(party, place.kind):
        ways.append("saved")
    if any(other.kind == place.kind for other in before):
        ways.append("same")
    return [*ways, "uploaded"] if place.kind == FieldKind.STAMP else [*ways, *PEN]


PEN = ("drawn", "typed", "uploaded")
WIPED = "none"  # what was drawn was taken back


def keep_all(request: Request, session: SigningSession, places: list[Field]) -> dict[int, str]:
    """Keep everything the form says; return what was refused, by place, in words."""
    problems = {}
    for place in places:
        try:
            keep(request, session, place)
        except (CannotSave, CannotUse) as refused:
            problems[place.pk] = " ".join(refused.reasons)
    return problems


def keep(request: Request, session: SigningSession, place: Field) -> None:
    """Keep what the form says about a place; a place it does not name stays as it is."""
    if place.kind in rules.PICTURES:
        if request.POST.get(f"how-{place.pk}") == WIPED:
            ceremony.save_value(session, field=place, at=request.received_at)
        elif name := _picture(request, session.link.party, place):
            ceremony.save_value(session, field=place, picture=name, at=request.received_at)
        return
    if place.kind == FieldKind.FILE:
        _attach(request, session, place)
        return
    name = f"field-{place.pk}"
    if name in request.POST:
        ceremony.save_value(
            session,
            field=place,
            value=request.POST[name].strip(),
            may_keep=request.POST.get(f"keep-{place.pk}") == "yes",
            at=request.received_at,
        )


def _attach(request: Request, session: SigningSession, place: Field) -> None:
    """Keep the file that the form brings for a place; without one, what is there stays."""
    upload = request.FILES.get(f"file-{place.pk}")
    if upload is None:
        return
    name, sha256 = keep_attachment(upload.read(), name=upload.name or "")
    ceremony.attach_file(session, field=place, name=name, sha256=sha256, at=request.received_at)


def missing(places: list[Field]) -> dict[int, str]:
    """Say of each required place that is empty what is wanted there."""
    return {place.pk: _("This is still missing.") for place in rules.missing_fields(places)}


def _picture(request: Request, party: Party, place: Field) -> str:
    """Return the hash of the picture that the form gives a place, or nothing."""
    how = request.POST.get(f"how-{place.pk}", "")
    if how == "saved":
        return saved_picture(party, place.kind)
    if how == "same":
        return _same_as_before(place)
    if how == "typed":
        return _typed(request, place)
    upload = request.FILES.get(f"picture-{place.pk}")
    if how in {"drawn", "uploaded", ""} and upload is not None:
        return clean_picture(upload.read(), name=upload.name or "")
    return ""


def _same_as_before(place: Field) -> str:
    others = Field.objects.filter(party=place.party_id, kind=place.kind).exclude(pk=place.pk)
    return others.exclude(picture="").values_list("picture", flat=True).first() or ""


def _typed(request: Request, place: Field) -> str:
    typed = request.POST.get(f"typed-{place.pk}", "").strip()
    if not typed:
        raise CannotSave(_("Type your name, draw it, or upload a picture of it."))
    return files.put(written(typed))
