"""When this happened elsewhere, then do that in the directory."""

from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue
from paraph.people.events import EmployeeEdited, EmployeeLeft

from .events import CompaniesMerged, CompanyDeleted, CompanyEdited, CompanyMergeUndone
from .jobs import hand_over_directory_of, index_contacts_of_employee, index_people_of_company

NAMES = {"first_name", "last_name"}


@reacts_to(EmployeeLeft)
def hand_over_the_directory(event: EmployeeLeft) -> None:
    """Give the heir what the person was responsible for."""
    if event.heir_id is not None:
        enqueue(hand_over_directory_of, employee_id=event.employee_id, heir_id=event.heir_id)


@reacts_to(CompanyEdited)
def find_its_people_by_the_new_name(event: CompanyEdited) -> None:
    """Keep what the list of contacts sorts and finds by."""
    if "name" in event.changes:
        enqueue(index_people_of_company, company_id=event.company_id)


@reacts_to(CompanyDeleted)
def find_its_people_by_it_no_more(event: CompanyDeleted) -> None:
    """Keep what the list of contacts sorts and finds by."""
    enqueue(index_people_of_company, company_id=event.company_id)


@reacts_to(CompaniesMerged)
def find_people_by_the_company_that_stays(event: CompaniesMerged) -> None:
    """Keep what the list of contacts sorts and finds by."""
    enqueue(index_people_of_company, company_id=event.company_id)


@reacts_to(CompanyMergeUndone)
def find_people_by_their_own_company_again(event: CompanyMergeUndone) -> None:
    """Keep what the list of contacts sorts and finds by."""
    for number in (event.company_id, *map(int, event.restored)):
        enqueue(index_people_of_company, company_id=number)


@reacts_to(EmployeeEdited)
def find_contacts_by_the_new_name(event: EmployeeEdited) -> None:
    """Keep what the list of contacts sorts and finds by."""
    if NAMES & {*event.changed, *event.changes}:
        enqueue(index_contacts_of_employee, employee_id=event.employee_id)
