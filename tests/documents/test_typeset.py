"""The built-in templates: each in each language says who, what and how much, and where to sign."""

import pypdfium2
import pytest

from paraph.contacts.models import Company
from paraph.documents.actions.generating import generate_document
from paraph.documents.choices import Order
from paraph.documents.models import Document, Template
from paraph.kit import files
from tests.cast import Cast
from tests.moments import NOON
from tests.sales.deals import with_rows

pytestmark = pytest.mark.slow

KEYS = ("invoice", "offer", "contract", "act", "nda")
TITLES = {
    "en": ("Invoice", "Offer", "Service contract", "Acceptance act", "Confidentiality agreement"),
    "fr": (
        "Facture",
        "Offre",
        "Contrat de prestation",
        "Procès-verbal",
        "Accord de confidentialité",
    ),
    "pl": ("Faktura", "Oferta", "Umowa", "Protokół", "Umowa"),
}


def _pages(cast: Cast, key: str, language: str) -> list[str]:
    deal = with_rows(cast, "100", "49.99")
    order = Order(Template.objects.get(built_in=key), deal, language=language)
    document = generate_document(order, responsible=cast.alice, by=cast.alice.actor, at=NOON)
    pdf = pypdfium2.PdfDocument(files.get(document.revisions.latest("number").sha256))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.mark.parametrize("language", list(TITLES))
@pytest.mark.parametrize("key", KEYS)
def test_a_template_speaks_its_language_and_names_both_sides(
    cast: Cast, key: str, language: str
) -> None:
    said = " ".join(_pages(cast, key, language))

    assert TITLES[language][KEYS.index(key)] in Document.objects.get(number__gt="").title
    assert TITLES[language][KEYS.index(key)] in said
    assert cast.company.name in said and cast.client.name in said
    assert "{" not in said.replace("{{", "")


@pytest.mark.parametrize("key", KEYS)
def test_what_both_sign_has_a_place_for_each_beside_its_last_words(cast: Cast, key: str) -> None:
    last = _pages(cast, key, "en")[-1]

    for mark in ("{{stamp:us}}", "{{sign:us}}", "{{stamp:client}}", "{{sign:client}}"):
        assert last.count(mark) == 1
    assert len(last.split()) > 40  # no signature stands alone on its page


def test_a_french_seller_s_invoice_says_what_late_payment_costs(cast: Cast) -> None:
    said = {}
    for country in ("FR", "PL"):
        Company.objects.ours().update(country=country)
        said[country] = " ".join(_pages(cast, "invoice", "fr"))

    assert "indemnité forfaitaire de 40 €" in said["FR"].replace("\u00a0", " ")
    assert "L441-10" not in said["PL"]
