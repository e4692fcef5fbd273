"""Makes an invoice in the installation of the environment, and prints every number that there is.

``PARAPH_FAULT`` may kill it on the way.
"""

import json
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
django.setup()

from paraph.documents.actions.generating import generate_document  # noqa: E402
from paraph.documents.choices import Order  # noqa: E402
from paraph.documents.models import Document, IssuedNumber, Template  # noqa: E402
from paraph.people.models import Employee  # noqa: E402
from paraph.sales.models import Deal  # noqa: E402
from tests.cast import gather  # noqa: E402
from tests.moments import NOON  # noqa: E402
from tests.sales.deals import with_rows  # noqa: E402


def main() -> None:
    """Make one more invoice for the deal of whoever lives here."""
    alice = Employee.objects.filter(first_name="Alice").first()
    if alice is None:
        cast = gather()
        alice = cast.alice
        with_rows(cast, "10")
    order = Order(Template.objects.get(built_in="invoice"), Deal.objects.get(), "en")
    generate_document(order, responsible=alice, by=alice.actor, at=NOON)
    numbers = IssuedNumber.objects.order_by("value").values_list("value", flat=True)
    print(json.dumps([list(numbers), Document.objects.exclude(number="").count()]))


if __name__ == "__main__":
    main()
