"""Whether what Paraph needs from outside answers: clock, mail, texts, time stamps, walls."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from paraph.documents.converting import availability
from paraph.journal.models import Fact
from paraph.kit import sandbox
from paraph.kit.sandbox import Confinement, SandboxUnusable
from paraph.messaging.carriers import MAILBOX, TryAgain, can_carry, carriers_for
from paraph.messaging.carriers.smtp import Smtp
from paraph.people.models import Installation
from paraph.signing.clock import DRIFT_SECONDS, kernel_says
from paraph.signing.models import TimeSource

from .findings import Finding, fine, warning, wrong

LATEST = 100
PATIENCE_SECONDS = 5
STEP = "Let the machine keep time: timedatectl set-ntp true, or install chrony."


def of_clock() -> Iterator[Finding]:
    """Whether the time that signatures carry is right."""
    now = datetime.now(UTC)
    newest = max(Fact.objects.order_by("-id").values_list("at", flat=True)[:LATEST], default=None)
    if newest and (newest - now).total_seconds() > DRIFT_SECONDS:
        yield wrong(f"The newest fact is of {newest:%Y-%m-%d %H:%M:%S}, after now.", mend=STEP)
    if connection.vendor == "postgresql" and abs(away := _database_is_ahead()) > DRIFT_SECONDS:
        yield wrong(f"The database's clock is {away:+.1f} s away from ours.", mend=STEP)
    for source in TimeSource.objects.all():
        if abs(source.difference) > DRIFT_SECONDS:
            yield wrong(f"{source} is {source.difference:+.1f} s away from ours.", mend=STEP)
    if kernel_says() is False:
        yield warning("Nothing keeps this machine's clock in step.", mend=STEP)
    yield fine(f"It is {now:%Y-%m-%d %H:%M:%S} UTC")


def of_mail() -> Iterator[Finding]:
    """Whether the mail servers take us in; nothing is sent."""
    yield from _configured("email", variable="PARAPH_SMTP_URL or PARAPH_MAIL_PROVIDER")
    for url in filter(None, [settings.SMTP_URL, settings.SMTP_SECOND_URL]):
        host = urlsplit(url).hostname
        try:
            Smtp(url, sender=settings.MAIL_FROM).greet()
        except TryAgain as reason:
            yield wrong(
                f"The mail server {host} does not take us in: {reason}.",
                mend="Look at PARAPH_SMTP_URL: host, port, user, password.",
            )
        else:
            yield fine(f"The mail server {host} takes us in")
    if (settings.SMTP_URL or settings.MAIL_PROVIDER) and "@localhost" in settings.MAIL_FROM:
        yield warning("E-mails come from @localhost.", mend="Set PARAPH_MAIL_FROM.")


def of_texts() -> Iterator[Finding]:
    """Whether text messages have a provider, and its machine answers."""
    yield from _configured("sms", variable="a provider's (docs/reference/settings.md)")
    for name, url in _providers():
        if problem := _unreachable(url):
            yield wrong(
                f"{name} does not answer at {url}: {problem}.", mend="Look at the network."
            )
        else:
            yield fine(f"{name} answers")


def of_stamps() -> Iterator[Finding]:
    """Whether the time-stamp services outside answered when they were last asked."""
    sources = list(TimeSource.objects.all())
    for source in sources:
        if source.problem:
            yield wrong(
                f"{source} gave no time stamp: {source.problem}.",
                mend="Look at its address and at the network; until then ours stand alone.",
            )
        else:
            yield fine(f"{source} answered at {source.answered_at:%Y-%m-%d %H:%M} UTC")
    if not sources:
        yield fine("Our own time stamps only; no service outside is named")


def of_walls() -> Iterator[Finding]:
    """Whether foreign files can do no harm here."""
    mend = "Install bubblewrap (apt-get install bubblewrap)."
    try:
        walls = sandbox.confinement()
    except SandboxUnusable as problem:
        yield wrong(f"{problem}", mend=f"{mend} Or set PARAPH_SANDBOX=auto.")
        return
    if walls is Confinement.LIMITS:
        yield warning("Foreign files are opened behind limits alone.", mend=mend)
    elif walls is Confinement.NAMESPACE:
        yield warning("Foreign files are opened without network, and can see ours.", mend=mend)
    else:
        yield fine("Foreign files are opened in bubblewrap")


def of_office() -> Iterator[Finding]:
    """Whether office documents can be opened."""
    found = availability()
    if found.is_ready:
        yield fine(f"LibreOffice is in {found.program}")
    elif found.why == "off":
        yield fine(found.sentence)
    else:
        yield warning("Office documents cannot be opened.", mend=found.sentence)


def _configured(channel: str, *, variable: str) -> Iterator[Finding]:
    if not can_carry(channel):
        yield wrong(f"Nothing carries {channel}: it cannot be sent.", mend=f"Set {variable}.")
    elif Installation.here().is_trial and not _has_carrier(channel):
        yield fine("A trial: messages stay in the Mailbox")


def _has_carrier(channel: str) -> bool:
    return any(carrier.name != MAILBOX for carrier in carriers_for(channel))


def _providers() -> Iterator[tuple[str, str]]:
    """Yield the address of each provider of texts that is configured."""
    if can_carry("sms"):
        for carrier in carriers_for("sms"):
            if url := getattr(settings, f"{carrier.name.upper()}_URL", ""):
                yield carrier.name, url


def _unreachable(url: str) -> str:
    """Say why nobody listens there; nothing when somebody does."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), PATIENCE_SECONDS).close()
    except OSError as reason:
        return str(reason)
    return ""


def _database_is_ahead() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    ahead: float = (theirs - datetime.now(UTC)).total_seconds()
    return ahead
