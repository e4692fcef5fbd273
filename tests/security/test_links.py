"""Links outlive nobody's employment."""

import pytest

from paraph.people.models import Employee
from paraph.signing.access import open_link
from paraph.signing.refusals import LinkExpired
from tests import make
from tests.cast import Cast
from tests.moments import NOON


def test_links_of_somebody_who_left_open_nothing(cast: Cast) -> None:
    token = make.token(make.party(make.sent(cast), name="Erin"))
    assert open_link(token, at=NOON)

    Employee.objects.filter(pk=cast.erin.pk).update(is_active=False)

    with pytest.raises(LinkExpired):
        open_link(token, at=NOON)
