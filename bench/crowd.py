"""A directory as large companies have it, of names in several languages; made once and kept.

It fills an empty database that has its tables: ``python -m bench.crowd 1000000``.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from itertools import islice
from typing import Any, TypeVar

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
django.setup()

from django.apps import apps  # noqa: E402  # after the set-up
from django.db import connection, transaction  # noqa: E402

from bench.tables import settle  # noqa: E402
from paraph.contacts.models import NEVER, Company, Contact  # noqa: E402
from paraph.contacts.steps import index_contact  # noqa: E402
from paraph.kit.migrating import SearchIndex  # noqa: E402
from paraph.kit.search import normalise  # noqa: E402
from paraph.people.models import Department, Employee  # noqa: E402
from tests import cast  # noqa: E402

BEGIN = datetime(2022, 1, 1, tzinfo=UTC)
KEYS = ("company_key", "responsible_key", "position_key")
INDEX = SearchIndex("contacts", "contact", KEYS, is_walked=True)
Thing = TypeVar("Thing")
PORTION = 20_000
MOST_CHECKED = 200


def _words(text: str) -> list[str]:
    return text.split()


def _lines(text: str) -> list[str]:
    return text.split(", ")


FIRST = {
    "fr": "Julien Chloé Sébastien Zoé Émilie François Hélène Inès Jérôme Maëlle Noël Océane Loïc "
    "Camille Élodie Mathieu Anaïs Benoît Céline Gaël Raphaël Thérèse Yannick Aurélie Marie",
    "pl": "Świętosława Łukasz Małgorzata Agnieszka Krzysztof Zbigniew Elżbieta Paweł Jan Zofia "
    "Grażyna Michał Wojciech Bożena Stanisław Halina Przemysław Józef Anna Kamil Dorota Żaneta",
    "en": "Emily Patrick Oliver Harriet George Charlotte Liam Siobhán Noah Grace Martin Alice "
    "Henry Isla Fraser Imogen Callum Poppy Marcus Edith Rory Beatrice Owen Freya Duncan",
    "de": "Jürgen Käthe Günther Björn Anneliese Sören Ulrike Jörg Lieselotte Matthias Annika "
    "Wolfgang Gisela Heinrich Gudrun Detlef Friederike Holger Margarethe Uwe Steffen Renate",
}
LAST = {
    "fr": "Martin Bernard Lefèvre Girard Dubois Moreau Rousseau Fournier Mercier Lambert "
    "Chevalier Gauthier Perrin Morel Faure Blanchard Guérin Müller Legrand Garnier Besnard",
    "pl": "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański "
    "Woźniak Dąbrowski Kozłowski Jankowski Mazur Żółtowski Krawczyk Piotrowski Grabowski",
    "en": "Smith Taylor O’Brien Evans Carter Wright Thompson Walker Robinson Hughes Edwards Green "
    "Clarke Wood Harrison Marshall Fletcher Bennett Ashworth Whitfield Pemberton",
    "de": "Müller Schmidt Schneider Fischer Weber Wagner Becker Schäfer Koch Bauer Richter Klein "
    "Wolf Schröder Neumann Schwarz Zimmermann Krüger Hofmann Köhler Böhm Weiß Großmann Jäger",
}
BEGINNINGS = _words(
    "Beau Mont Grand Val Clair Roch Haut Dom Wal Brze Gór Kal Ost Rad Hol Ash Win Har Bram "
    "Stein Wald Eich Rosen Lin Ber"
)
ENDINGS = _words(
    "court fort lieu ville mont ard ois owski iński ecki arczyk ewicz ton ley field wood "
    "worth by heimer bach berg mann stedt hoff ner"
)
POSITIONS = _lines(
    "Directrice générale, Gérant, Responsable des achats, Comptable, Chef de projet, "
    "Architecte, Księgowa, Prezes zarządu, Kierownik zakupów, Specjalista ds. umów, Head of "
    "facilities, Buyer, Office manager, Finance director, Legal counsel, Sales director, "
    "Geschäftsführer, Einkäuferin, Buchhalter, Projektleiterin, Marketing manager, IT "
    "director, HR manager, Warehouse manager, Assistante de direction, Notaire, Ingénieur "
    "qualité, Koordynator, Operations director,"
)
TRADES = _words(
    "Meubles Logistik Bakery Hôtel Budowa Consulting Energia Garten Textiles Verlag Optik "
    "Transport Studio Labs Foods Architekci Assurances Immobilier Metall Print"
)
FORMS = {"fr": "SARL", "pl": "sp. z o.o.", "en": "Ltd", "de": "GmbH"}
FREE = ("gmail.com", "orange.fr", "wp.pl", "outlook.com", "web.de", "free.fr", "onet.pl")
FIRSTS = {language: names.split() for language, names in FIRST.items()}
TYPES = ("client", "partner", "supplier", "other")
COLUMNS = (
    *("search_text", "sort_key", "last_name", "first_name", "phone", "email", "position"),
    *("company_id", "comment", "type", "responsible_id", "language", "custom", "also"),
    *("is_shared", "created_at", "edited_at", "company_key", "responsible_key", "position_key"),
    "last_document_at",
)
COMMENTS = ("", "", "", "", "Met at the fair", "Appelle le mardi", "Prosi o kontakt mailowy")


class Maker:
    """Makes names that repeat as names do: few very often, many now and then."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.last = {language: self._surnames(names) for language, names in LAST.items()}

    def _surnames(self, known: str) -> list[str]:
        made = [first + last for first in BEGINNINGS for last in ENDINGS]
        self.chance.shuffle(made)
        return known.split() + made

    def often(self, names: Sequence[Thing]) -> Thing:
        """Take one; those at the front come more often."""
        return names[int(len(names) * self.chance.random() ** 2.5)]

    def language(self) -> str:
        return self.chance.choices(("fr", "pl", "en", "de"), (4, 3, 2, 1))[0]

    def phone(self, language: str) -> tuple[str, str, str]:
        """Return a mobile number as E.164, grouped, and as dialled at home."""
        n = f"{self.chance.randrange(10**8):08}"
        if language == "fr":
            return f"+336{n}", f"+33 6 {n[:2]} {n[2:4]} {n[4:6]} {n[6:]}", f"06{n}"
        if language == "pl":
            n = f"0{n[1:]}"
            return f"+486{n}", f"+48 6{n[:2]} {n[2:5]} {n[5:]}", f"6{n}"
        n = f"00{n[2:]}"
        return f"+4477{n}", f"+44 77{n[:2]} {n[2:]}", f"077{n}"


def fill(size: int) -> None:
    """Fill an empty database: the cast, a thousand employees, companies, and the contacts.

    The rows go in past Django, and the indexes are built when all are there: so it takes minutes.
    """
    people = cast.gather()
    make = Maker(size)
    employees = [*_employees(make), people.alice]
    companies = _companies(make, people.alice, count=max(10, size // 30))
    before = Contact.objects.count()
    with connection.schema_editor() as editor:
        _run(INDEX.remove(connection.vendor, apps))
        for index in Contact._meta.indexes:
            editor.remove_index(Contact, index)
    _write(_contacts(make, size, employees, companies))
    with connection.schema_editor() as editor:
        for index in Contact._meta.indexes:
            editor.add_index(Contact, index)
        _run(INDEX.build(connection.vendor, apps))
    _check(Contact.objects.order_by("pk")[before : before + MOST_CHECKED])
    settle()


def _write(rows: Iterator[tuple[Any, ...]]) -> None:
    """Write rows of ``COLUMNS``, in the quickest way that each database knows."""
    names = ", ".join(COLUMNS)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY contacts_contact ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(COLUMNS))
    connection.ensure_connection()
    connection.connection.execute("PRAGMA synchronous=OFF")
    connection.connection.execute("PRAGMA cache_size=-400000")
    while portion := list(islice(rows, PORTION)):
        with transaction.atomic():
            connection.connection.executemany(
                f"INSERT INTO contacts_contact ({names}) VALUES ({marks})", portion
            )


def _employees(make: Maker) -> list[Employee]:
    """Let a thousand people work in forty departments, five of them on top."""
    departments: list[Department] = []
    for number in range(40):
        parent = departments[number % 5] if number >= 5 else None
        department = Department.objects.create(name=f"Team {number}", parent=parent, path="")
        department.path = f"{parent.path if parent else ''}{department.pk}/"
        department.save()
        departments.append(department)
    return Employee.objects.bulk_create(
        Employee(
            email=f"e{number}@example.org",
            first_name=make.often(FIRST["fr"].split()),
            last_name=make.often(make.last["fr"]),
            department=departments[number % 40],
            is_active=True,
        )
        for number in range(1000)
    )


def _companies(make: Maker, owner: Employee, *, count: int) -> list[Company]:
    rows = []
    for _number in range(count):
        language = make.language()
        whose, trade = make.often(make.last[language]), make.chance.choice(TRADES)
        company = Company(
            name=f"{whose} {trade} {FORMS[language]}", responsible=owner, created_at=BEGIN
        )
        company.make_searchable(company.name, sort_by=company.name)
        rows.append(company)
    return Company.objects.bulk_create(rows, batch_size=500)


def _contacts(
    make: Maker, size: int, employees: list[Employee], companies: list[Company]
) -> Iterator[tuple[Any, ...]]:
    chance = make.chance
    whose = [
        (it.pk, _normal(f"{it.last_name} {it.first_name}"), _normal(it.name)) for it in employees
    ]
    firms = [(it.pk, _normal(it.name), _domain(it.name)) for it in companies]
    moment = connection.ops.adapt_datetimefield_value
    never = moment(NEVER)
    for number in range(size):
        language = make.language()
        first, last = make.often(FIRSTS[language]), make.often(make.last[language])
        firm = chance.choice(firms) if chance.random() < 0.8 else (None, "", chance.choice(FREE))
        responsible = make.often(whose)
        phones = make.phone(language)
        email = f"{_plain(first)}.{_plain(last)}{number % 1000}@{firm[2]}"
        position, comment = make.often(POSITIONS), chance.choice(COMMENTS)
        made = moment(BEGIN + timedelta(minutes=2 * number))
        names = (_normal(f"{first} {last}"), _normal(f"{last} {first}"))
        texts = (
            *names,
            *phones,
            email,
            _normal(position),
            firm[1],
            _normal(comment),
            responsible[2],
        )
        yield (
            *("\n".join(filter(None, texts)), names[1], last, first, phones[0], email, position),
            *(firm[0], comment, chance.choices(TYPES, (70, 15, 10, 5))[0], responsible[0]),
            *(language if language != "de" else "en", "{}", "[]", chance.random() < 0.02),
            *(made, made, firm[1][:100], responsible[1][:100], _normal(position)),
            made if chance.random() < 0.4 else never,
        )


def _domain(name: str) -> str:
    return "".join(filter(str.isalnum, _normal(name.partition(" ")[0]))) + ".example"


@cache
def _plain(name: str) -> str:
    return _normal(name).replace("’", "").replace(" ", "")


_normal = lru_cache(maxsize=200_000)(normalise)


def _check(contacts: Iterable[Contact]) -> None:
    """Refuse to measure what Paraph itself would not have written."""
    columns = ("search_text", "sort_key", *KEYS)
    for contact in contacts:
        ours = [getattr(contact, column) for column in columns]
        index_contact(contact)
        real = [getattr(contact, column) for column in columns]
        if ours != real:
            raise ValueError(f"index_contact has changed: {real} instead of {ours}")


def _run(statements: Any) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
