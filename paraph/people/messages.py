"""What we say to the people who work here. The words are templates in ``messages/<kind>/``."""

from datetime import datetime

from django.conf import settings

from paraph.messaging.letters import Letter

from .models import Employee, Installation


def invitation(employee: Employee, *, token: str, by: str, good_until: datetime) -> Letter:
    """Invite somebody to work here: who asks them, the link, and how long it works."""
    context = {
        "link": f"{settings.PARAPH_URL}/welcome/{token}/",
        "by": by,
        "here": Installation.here().name,
        "good_until": good_until,
    }
    return Letter(
        kind="invitation",
        channel="email",
        recipient=employee.email,
        recipient_name=employee.name,
        language=employee.language,
        context=context,
        about=("employee", employee.pk),
        is_secret=True,
        good_until=good_until,
    )
