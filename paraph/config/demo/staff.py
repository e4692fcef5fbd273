"""Atelier Lumière, its departments, and the people who work there."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from paraph.contacts.actions.companies import create_company, set_picture
from paraph.contacts.cards import Requisites
from paraph.contacts.models import Company
from paraph.kit import files
from paraph.people.actions.departments import Branch, create_department, edit_department
from paraph.people.actions.joining import (
    NewEmployee,
    add_employee,
    set_up_installation,
)
from paraph.people.models import Department, Employee

from .drawing import round_stamp, signature
from .house import arrange

PASSWORD = "welcome-to-paraph"  # noqa: S105  # printed at every start of the demo


@dataclass(frozen=True)
class Staff:
    """The demo's own people and company."""

    administrator: Employee
    director: Employee
    seller: Employee
    lawyer: Employee
    company: Company


def hire(*, at: datetime) -> Staff:
    """Set the trial up and let everybody in."""
    language = settings.DEMO_LANGUAGE
    administrator = set_up_installation(
        _person(
            "ada@lumiere.example",
            "Ada Martin",
            _("Office manager"),
            language,
            phone="+33639980111",
        ),
        name="Atelier Lumière",
        language=language,
        is_trial=True,
        at=at,
    )
    by = administrator.actor
    house = create_department(Branch("Atelier Lumière"), by=by, at=at)
    sales = create_department(Branch(_("Sales"), house), by=by, at=at)
    legal = create_department(Branch(_("Legal"), house), by=by, at=at)
    director = add_employee(
        _person(
            "claire@lumiere.example", "Claire Dubois", _("Managing director"), language, house
        ),
        roles=["supervisor"],
        by=by,
        at=at,
    )
    seller = add_employee(
        _person("tomasz@lumiere.example", "Tomasz Wiśniewski", "Handlowiec", "pl", sales),
        roles=["employee"],
        by=by,
        at=at,
    )
    lawyer = add_employee(
        _person("lea@lumiere.example", "Léa Moreau", "Juriste", "fr", legal),
        roles=["employee"],
        by=by,
        at=at,
    )
    edit_department(house, Branch(house.name, head=director), by=by, at=at)
    helpers = [administrator, lawyer]
    arrange(sales, head=seller, helpers=helpers, password=PASSWORD, by=by, at=at)
    company = _company(director, responsible=administrator, at=at)
    return Staff(administrator, director, seller, lawyer, company)


def _person(
    email: str,
    name: str,
    position: str,
    language: str,
    department: Department | None = None,
    *,
    phone: str = "",
) -> NewEmployee:
    first, _space, last = name.partition(" ")
    return NewEmployee(
        email,
        first,
        last,
        position,
        phone,
        language,
        PASSWORD,
        department,
    )


def _company(director: Employee, *, responsible: Employee, at: datetime) -> Company:
    requisites = Requisites(
        name="Atelier Lumière",
        legal_name="Atelier Lumière SAS",
        country="FR",
        tax_number="FR40303265045",
        registration_number="303265045",
        legal_form="SAS",
        capital="40 000 €",
        further={"rcs": "RCS Lyon", "siret": "30326504500011"},
        street="12 rue de la Charité",
        postcode="69002",
        city="Lyon",
        email="contact@lumiere.example",
        phone="+33478420000",
        website="lumiere.example",
        bank="Banque de Lyon",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
        colour="#0f5e57",
        director=director,
    )
    by = responsible.actor
    company = create_company(requisites, is_ours=True, responsible=responsible, by=by, at=at)
    stamp = files.put(round_stamp("Atelier Lumière", "Lyon"))
    set_picture(company, "stamp", sha256=stamp, by=by, at=at)
    own = files.put(signature("Claire Dubois"))
    set_picture(company, "signature", sha256=own, by=by, at=at)
    return company
