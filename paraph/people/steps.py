"""Steps that several actions share: they hold the keys to the house while it is rearranged."""

from django.utils.translation import gettext as _

from paraph.kit import db

from .access import holders
from .matrix import Level, Right, Section
from .models import Installation
from .refusals import NobodyLeftToLetIn


@db.transaction_required
def hold_access() -> None:
    """Let one change at a time decide who may do what: two that are each right may be wrong."""
    list(Installation.objects.select_for_update())


@db.transaction_required
def keep_somebody_in_charge() -> None:
    """Refuse the change if nobody active could see and change access permissions afterwards."""
    seeing = holders(Section.ACCESS, Right.VIEW, at_least=Level.ALL)
    changing = holders(Section.ACCESS, Right.EDIT, at_least=Level.ALL)
    if not changing.filter(pk__in=seeing.values("pk")).exists():
        raise NobodyLeftToLetIn(
            _(
                "Afterwards nobody could change access permissions any more. "
                "Give somebody else a role that may edit them first."
            )
        )
