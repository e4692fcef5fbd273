"""The company's own sign-in (OpenID Connect), against a real provider: who comes in as whom."""

from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from paraph.config.environment import sign_on
from paraph.journal import SYSTEM
from paraph.people.actions.inviting import invite_employee
from paraph.people.actions.joining import NewEmployee
from paraph.people.actions.leaving import deactivate_employee
from paraph.people.models import Employee
from tests.cast import Cast
from tests.fakes import oidc
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOME = "http://testserver"
BACK = f"{HOME}/accounts/oidc/company/login/callback/"
START = "/accounts/oidc/company/login/?process=login"


def _account(email: str, *, is_confirmed: object = True, first: str = "Ada") -> dict[str, object]:
    names = {"given_name": first, "family_name": "Martin"}
    return {"email": email, "email_verified": is_confirmed, **names}


ACCOUNTS = {
    "alice": _account("Alice@example.org"),
    "imposter": _account("olga@example.org", is_confirmed=False),
    "wordy": _account("olga@example.org", is_confirmed="false"),
    "nina": _account("nina@example.org", first="Nina"),
    "stranger": _account("eve@elsewhere.example", first="Eve"),
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc.provider(ACCOUNTS, redirect=BACK) as address:
        yield address


@pytest.fixture(autouse=True)
def _configured(issuer: str, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = sign_on(
        issuer=issuer, client_id="paraph", secret="not-a-secret", name="Ardent account"
    )
    settings.OIDC_ROLE, settings.OIDC_DOMAINS = "", []


def _come_in(client: Client, account: str) -> str:
    """Go through the provider and back; the page one ends at."""
    begun = client.post(START)
    assert "code_challenge_method=S256" in begun["Location"]
    back = oidc.visit(begun["Location"], account=account, until=BACK)
    return client.get(back.removeprefix(HOME), follow=True).content.decode()


def _who(client: Client) -> str:
    pk = client.session.get("_auth_user_id")
    return Employee.objects.get(pk=pk).first_name if pk else ""


def test_the_button_is_on_the_sign_in_page(client: Client, cast: Cast) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "Sign in with your Ardent account" in page


def test_an_employee_comes_in_by_a_confirmed_address(client: Client, cast: Cast) -> None:
    _come_in(client, "alice")
    first = _who(client)
    client.logout()
    _come_in(client, "alice")

    assert (first, _who(client)) == ("Alice", "Alice")
    assert SocialAccount.objects.get().user == cast.alice


@pytest.mark.parametrize("account", ["imposter", "wordy"])
def test_an_unconfirmed_address_takes_nobodys_account_over(
    client: Client, cast: Cast, account: str
) -> None:
    page = _come_in(client, account)

    assert _who(client) == ""
    assert "has not confirmed your e-mail address" in page
    assert not SocialAccount.objects.exists()


def test_who_left_stays_out_by_this_door_too(client: Client, cast: Cast) -> None:
    _come_in(client, "alice")
    deactivate_employee(cast.alice, heir=None, by=SYSTEM, at=NOON)

    page = _come_in(client, "alice")

    assert _who(client) == ""
    assert "This account is closed." in page


def test_who_is_unknown_is_refused_unless_a_role_is_set(
    client: Client, cast: Cast, settings: Settings
) -> None:
    refused = _come_in(client, "nina")
    nobody = _who(client)
    settings.OIDC_ROLE = "employee"
    _come_in(client, "nina")

    assert nobody == ""
    assert "Nobody has invited nina@example.org yet." in refused
    nina = Employee.objects.get(email="nina@example.org")
    assert (_who(client), nina.has_usable_password()) == ("Nina", False)
    assert nina.roles_given.get().role.slug == "employee"


def test_a_role_that_nobody_knows_lets_nobody_in(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.OIDC_ROLE = "emploee"

    _come_in(client, "nina")

    assert _who(client) == ""
    assert not Employee.objects.filter(email="nina@example.org").exists()


def test_only_the_companys_own_addresses_come_in(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.OIDC_ROLE, settings.OIDC_DOMAINS = "employee", ["example.org"]

    page = _come_in(client, "stranger")

    assert _who(client) == ""
    assert "Addresses like eve@elsewhere.example may not sign on here." in page


def test_who_is_invited_joins_by_signing_on(client: Client, cast: Cast) -> None:
    new = NewEmployee("nina@example.org", "Nina", "Berg")
    invite_employee(new, roles=[], by=SYSTEM, at=NOON)

    _come_in(client, "nina")

    nina = Employee.objects.get(email="nina@example.org")
    assert (_who(client), nina.state, hasattr(nina, "invitation")) == ("Nina", "active", False)


def test_an_answer_that_nobody_asked_for_opens_nothing(client: Client, cast: Cast) -> None:
    page = client.get("/accounts/oidc/company/login/callback/?code=x&state=y", follow=True)

    assert _who(client) == ""
    assert "did not answer as it should" in page.content.decode()
