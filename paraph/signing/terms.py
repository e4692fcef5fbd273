"""What people agree to by signing. The text they saw is kept with the act."""

from django.utils.translation import gettext as _

from paraph.people.models import Employee

from .models import Party


def terms_of(party: Party) -> str:
    """Return the terms in the language that is spoken now."""
    return _(
        "I have read the document. I sign it electronically as %(name)s, and I agree that my "
        "signature, the time, my network address and the way I proved my identity are recorded "
        "with it. This is an electronic signature, not a qualified one in the sense of "
        "Regulation (EU) No 910/2014."
    ) % {"name": party.name}


def terms_of_stack(person: Employee) -> str:
    """Return the terms of signing several documents at once."""
    return _(
        "I have read each of these documents. I sign every one of them electronically as "
        "%(name)s, and I agree that my signature, the time, my network address and the way I "
        "proved my identity are recorded with each. These are electronic signatures, not "
        "qualified ones in the sense of Regulation (EU) No 910/2014."
    ) % {"name": person.name}
