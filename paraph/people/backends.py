"""Who signs in, and who a session belongs to; every request asks the latter."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from paraph.kit.prepared import Prepared, given

from .models import Employee

_PERSON = Prepared(lambda: Employee.objects.filter(pk=given("pk")).order_by())


class ByPassword(ModelBackend):
    """Django's own, with its question written once."""

    def get_user(self, user_id: int) -> Employee | None:
        """Return the person of a session, while they work here."""
        person = _PERSON.first(pk=int(user_id))
        return person if person and self.user_can_authenticate(person) else None


class ByAllauth(ByPassword, AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, which knows people by their e-mail address."""
