"""Steps that the verbs of the directory share, inside their transactions."""

from collections.abc import Iterable

from paraph.kit import db
from paraph.kit.search import normalise

from . import requisites as checking
from . import rules
from .cards import ContactCard, Requisites, requisites_of, written
from .models import Company, Contact

KEY_LETTERS = 100
INDEXED = ("search_text", "sort_key", "company_key", "responsible_key", "position_key")
"""The columns that ``index_contact`` fills."""
KEPT_IF_NONE = {"responsible", "is_shared", "custom"}


@db.transaction_required
def write_contact(contact: Contact, card: ContactCard) -> None:
    """Keep what a card says, and what search finds the contact by."""
    fill_contact(contact, card)
    contact.save()


def fill_contact(contact: Contact, card: ContactCard) -> None:
    """Put a card's values and the search columns into a row; whoever writes many saves it."""
    for field, value in written(card).items():
        if value is not None or field not in KEPT_IF_NONE:
            setattr(contact, field, value)
    index_contact(contact)


def index_contact(contact: Contact) -> None:
    """Fill the search columns from everything that is stored about the contact."""
    contact.make_searchable(
        contact.name,
        f"{contact.last_name} {contact.first_name}",
        contact.phone,
        *rules.ways_to_write(contact.phone),
        contact.email,
        contact.position,
        contact.company.name if contact.company else "",
        contact.comment,
        contact.responsible.name,
        *_further(contact),
        sort_by=f"{contact.last_name} {contact.first_name}",
    )
    contact.company_key = _key(contact.company.name if contact.company else "")
    contact.responsible_key = _key(
        f"{contact.responsible.last_name} {contact.responsible.first_name}"
    )
    contact.position_key = _key(contact.position)


def _key(text: str) -> str:
    return normalise(text)[:KEY_LETTERS]


def _further(contact: Contact) -> Iterable[str]:
    """Return the further fields' values, and what merged contacts were known by."""
    yield from (value for value in contact.custom.values() if isinstance(value, str))
    for known in contact.also:
        yield known["value"]
        if known["field"] == "phone":
            yield from rules.ways_to_write(known["value"])


@db.transaction_required
def write_company(company: Company, requisites: Requisites) -> None:
    """Fill a company's row and save it; numbers that check lose the marks between digits."""
    for name, value in written(requisites).items():
        setattr(company, name, value)
    known = checking.of_country(company.country)
    for number in (known.tax_number, known.registration_number):
        setattr(company, number.name, number.normalised(getattr(company, number.name)))
    company.further = _further_numbers(requisites)
    company.iban = checking.iban_normalised(company.iban)
    company.bic = "".join(company.bic.split()).upper()
    index_company(company)
    company.save()


def index_company(company: Company) -> None:
    """Fill the search columns from the requisites, and from what merged ones were known by."""
    words = [value for value in written(requisites_of(company)).values() if isinstance(value, str)]
    also = [known["value"] for known in company.also]
    company.make_searchable(*words, *company.values.values(), *also, sort_by=company.name)


def _further_numbers(requisites: Requisites) -> dict[str, str]:
    """Return the country's further numbers; those of another country are kept as they are."""
    numbers = {number.name: number for number in checking.of_country(requisites.country).further}
    return {
        name: numbers[name].normalised(value) if name in numbers else value
        for name, value in requisites.further.items()
        if value
    }
