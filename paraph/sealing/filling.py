"""Entering values and pictures: what each field of a party gets, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from paraph.sealing import appearances, writer
from paraph.sealing.appearances import Obstacle, obstacle_to_showing
from paraph.sealing.model import Act, Kind, Plan
from paraph.sealing.writer import Writer


class NotYours(ValueError):
    """An act touches a field that is not its party's."""


@dataclass(frozen=True)
class Entry:
    """What a field gets: its appearance, and further entries."""

    name: str
    form: int | None
    entries: Mapping[str, str] = field(default_factory=dict)


def obstacles_to_entering(plan: Plan, values: Mapping[str, str | bool]) -> dict[str, Obstacle]:
    """Which values cannot be shown in their fields, for the form that takes them."""
    found = {}
    for name, value in values.items():
        if isinstance(value, str) and value:
            obstacle = obstacle_to_showing(plan.fields[name], value, font=plan.font)
            if obstacle:
                found[name] = obstacle
    return found


def fill(paper: Writer, act: Act) -> None:
    """Enter all that a party enters, its signature's picture included."""
    _refuse_foreign(paper.plan, act)
    parts = []
    for entry in (*_values(paper, act), *_pictures(paper, act)):
        if paper.fields[entry.name].inside:
            parts.append(entry)
        elif entry.form is not None:
            paper.set_field(entry.name, {**entry.entries, "/AP": f"<</N {entry.form} 0 R>>"})
        else:
            paper.set_field(entry.name, entry.entries)
    if parts:
        _gather(paper, act, parts)


def _refuse_foreign(plan: Plan, act: Act) -> None:
    for name in (*act.values, *act.pictures):
        if name not in plan.fields or plan.fields[name].party != act.party:
            raise NotYours(f"The field {name!r} does not belong to this party.")


def _values(paper: Writer, act: Act) -> Iterator[Entry]:
    for name, value in act.values.items():
        place = paper.fields[name]
        if place.kind == Kind.CHECKBOX:
            yield _tick(paper, name, is_on=bool(value))
        elif value:
            shown = appearances.show_value(paper, place, str(value))
            yield Entry(name, shown, {"/V": writer.string(str(value))})


def _tick(paper: Writer, name: str, *, is_on: bool) -> Entry:
    """A box's appearances lie ready in its field; where there is no field, one is drawn."""
    place = paper.fields[name]
    if place.inside:
        return Entry(name, appearances.show_tick(paper, place) if is_on else None)
    state = "/Yes" if is_on else "/Off"
    return Entry(name, None, {"/V": state, "/AS": state})


def _pictures(paper: Writer, act: Act) -> Iterator[Entry]:
    """Each picture; the first signature's place also says who signed, when and how."""
    captioned = _first_signature(paper.plan, act.party)
    for name, png in act.pictures.items():
        if name != captioned:
            yield Entry(name, appearances.show_picture(paper, paper.fields[name], png))
    picture = act.pictures.get(captioned)
    if captioned and (picture is not None or act.lines):
        place = paper.fields[captioned]
        shown = appearances.show_signature(paper, place, png=picture, lines=act.lines)
        yield Entry(captioned, shown)


def _first_signature(plan: Plan, party: str) -> str:
    for name, place in plan.fields.items():
        if place.party == party and place.kind == Kind.SIGNATURE:
            return name
    return ""


def _gather(paper: Writer, act: Act, parts: list[Entry]) -> None:
    """In a file that came with signatures all marks of a party are its signature's picture."""
    signature = paper.plan.signature_of[act.party]
    placed = [(paper.fields[part.name], part.form) for part in parts if part.form is not None]
    shown = appearances.show_together(paper, paper.fields[signature], placed)
    paper.set_field(signature, {"/AP": f"<</N {shown} 0 R>>"})
