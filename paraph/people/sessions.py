"""Sessions in the database, as Django keeps them; every request asks for one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from paraph.kit.prepared import Prepared, given

_KEPT = Prepared(
    lambda: Session.objects.filter(session_key=given("key"), expire_date__gt=given("at"))
)


class SessionStore(db.SessionStore):
    """Django's own, with its question written once."""

    def _get_session_from_db(self) -> Session | None:
        kept = _KEPT.first(key=self.session_key, at=timezone.now())
        if kept is None:
            self._session_key = None
        return kept
