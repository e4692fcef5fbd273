"""Makes an invoice in the installation of the environment, and prints every number that there is.

``PARAPH_FAULT`` may kill it on the way.
"""

import json
import os

import django


def main() -> None:
    """Make one more invoice for the deal of whoever lives here."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    from paraph.documents.actions.generating import generate_document
    from paraph.documents.choices import Order
    from paraph.documents.models import Document, IssuedNumber, Template
    from paraph.people.models import Employee
    from paraph.sales.models import Deal
    from tests.cast import gather
    from tests.moments import NOON
    from tests.sales.deals import with_rows

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
