"""How people arrange their lists: columns, order, and presets. Only they see what they do here."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from paraph.kit import db

from ..models import Employee, ListLayout, Preset
from ..refusals import NameTaken

MOST_PRESETS = 50


@db.transaction
def choose_columns(owner: Employee, *, listing: str, columns: Sequence[str]) -> None:
    """Remember which columns the person wants to see, in this order; none: the usual ones."""
    _keep(owner, listing, columns=list(columns))


@db.transaction
def choose_order(owner: Employee, *, listing: str, sort: str) -> None:
    """Remember what the person sorts the list by."""
    _keep(owner, listing, sort=sort)


@db.transaction
def save_preset(
    owner: Employee, *, listing: str, name: str, criteria: Mapping[str, Any]
) -> Preset:
    """Keep what the list is narrowed to; a preset of that name is replaced."""
    known = Preset.objects.filter(owner=owner, listing=listing)
    if not known.filter(name=name).exists() and known.count() >= MOST_PRESETS:
        raise NameTaken(_("You have as many presets as a list can hold. Delete one first."))
    preset, _made = known.update_or_create(
        owner=owner, listing=listing, name=name, defaults={"criteria": dict(criteria)}
    )
    return preset


@db.transaction
def rename_preset(preset: Preset, *, name: str) -> None:
    """Give a preset another name."""
    others = Preset.objects.filter(owner=preset.owner, listing=preset.listing, name=name)
    if others.exclude(pk=preset.pk).exists():
        raise NameTaken(_("Another preset has this name already."))
    preset.name = name
    preset.save(update_fields=["name"])


@db.transaction
def delete_preset(preset: Preset) -> None:
    """Forget a preset."""
    preset.delete()


@db.transaction
def open_with_preset(preset: Preset, *, is_default: bool) -> None:
    """Let the list open with this preset, or with none any more."""
    same = Preset.objects.filter(owner=preset.owner, listing=preset.listing, is_default=True)
    same.update(is_default=False)
    preset.is_default = is_default
    preset.save(update_fields=["is_default"])


@db.transaction_required
def _keep(owner: Employee, listing: str, **values: object) -> None:
    ListLayout.objects.update_or_create(owner=owner, listing=listing, defaults=values)
