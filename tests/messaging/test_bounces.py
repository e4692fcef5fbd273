"""Mails that came back are told from all others, and mark what they are about."""

import pytest

from paraph.messaging.bounces import bounces_in, collect
from paraph.messaging.models import Message, MessageState
from tests.fakes.imap import mailbox
from tests.messaging.conftest import Postman
from tests.messaging.letters import written
from tests.moments import NOON

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mail.example.org
To: paraph@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I could not deliver your message.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: no such user

--B
Content-Type: {kind}

Message-ID: {message_id}
Subject: Hello

--B--
"""


def _report(
    message_id: str,
    *,
    recipient: str = "frank@example.org",
    action: str = "failed",
    kind: str = "text/rfc822-headers",
) -> bytes:
    report = REPORT.format(message_id=message_id, recipient=recipient, action=action, kind=kind)
    return report.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_names_the_message_and_the_reason(kind: str) -> None:
    [bounce] = bounces_in(_report("<m-1@example.org>", kind=kind))

    assert (bounce.message_id, bounce.recipient) == ("<m-1@example.org>", "frank@example.org")
    assert bounce.reason == "5.1.1 550 5.1.1 <frank@example.org>: no such user"


@pytest.mark.parametrize(
    "mail",
    [
        b"Subject: Re: your contract\r\n\r\nWe will look at it.",
        b"",
        b"\xff\xfe\x00 no mail at all",
        _report("<m-1@example.org>", action="delayed"),
        _report(""),
    ],
)
def test_other_mails_tell_nothing(mail: bytes) -> None:
    assert bounces_in(mail) == []


def test_what_came_back_is_collected_once_and_shown_as_bounced(smtp: Postman) -> None:
    message = written()
    answer = b"Subject: Re: Hello\r\n\r\nThank you."

    with mailbox(answer, _report(message.message_id)) as box:
        url = f"imap://paraph:secret@127.0.0.1:{box.port}/INBOX"
        found = [collect(url, at=NOON), collect(url, at=NOON)]

    message.refresh_from_db()
    assert found == [1, 0]
    assert message.state == MessageState.BOUNCED
    assert "no such user" in message.error


def test_a_report_about_somebody_else_changes_nothing(smtp: Postman) -> None:
    message = written()

    with mailbox(_report(message.message_id, recipient="mallory@example.org")) as box:
        collect(f"imap://paraph:secret@127.0.0.1:{box.port}/INBOX", at=NOON)

    assert Message.objects.get().state == MessageState.SENT
