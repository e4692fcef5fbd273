"""The picture of who acts after whom, as the page of an envelope draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from paraph.signing.models import Party, PartyRole


@dataclass(frozen=True)
class Group:
    """Those who act at the same time."""

    parties: list[Party]
    needed: int | None

    @property
    def is_shared(self) -> bool:
        """Tell whether several act in parallel; who was replaced left the place to another."""
        acting = [p for p in self.parties if p.role != PartyRole.COPY and p.status != "replaced"]
        return len(acting) > 1

    @property
    def words(self) -> str:
        """Say how many of them are enough."""
        if self.needed is None:
            return _("At the same time: everybody acts")
        if self.needed == 1:
            return _("At the same time: any one of them is enough")
        return _("At the same time: %(count)d of them are enough") % {"count": self.needed}


def groups_of(parties: Sequence[Party], needed: Mapping[int, int | None]) -> list[Group]:
    """Return the parties, who come in order, by groups."""
    by_group = groupby(parties, key=lambda party: party.group)
    return [Group(list(members), needed.get(number)) for number, members in by_group]
