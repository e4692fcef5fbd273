"""Documents that are made of a deal by the built-in templates, in every language."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from conformance.mustang import FACTUR_X
from conformance.samples import Sample
from conformance.walks import company
from paraph.contacts.models import Company
from paraph.documents.actions.generating import generate_document
from paraph.documents.choices import Order
from paraph.documents.models import Template
from paraph.documents.typeset.built_in import BUILT_IN
from paraph.kit import files
from tests.moments import NOON
from tests.sales.deals import with_rows

ARCHIVED = ("ua1", "3a")  # the standards that these papers claim, as veraPDF names them


def built_in() -> Iterator[Sample]:
    """Each built-in template in each language; an invoice carries itself for machines."""
    ours = company()
    Company.objects.ours().update(
        tax_number="FR83404833048",
        street="12 rue de la Soie",
        postcode="69001",
        city="Lyon",
        iban="FR7630006000011234567890189",
    )
    for key in BUILT_IN:
        for language, _name in settings.LANGUAGES:
            order = Order(Template.objects.get(built_in=key), with_rows(ours, "100"), language)
            document = generate_document(
                order, responsible=ours.alice, by=ours.alice.actor, at=NOON
            )
            content = files.get(document.revisions.latest("number").sha256)
            profiles = (*ARCHIVED, *([FACTUR_X] if key == "invoice" else []))
            yield Sample(f"built-in {key} in {language}", content, profiles=profiles)
