"""Whether what the installation keeps is safe: settings, keys, storage, database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from paraph.journal.log import keys as log_keys
from paraph.journal.models import LogShard
from paraph.kit import files
from paraph.kit.keys import KeyUnusable, master_key
from paraph.sealing.authority import Authority, CannotUnlock
from paraph.signing import authority
from paraph.signing.models import AuthorityState, CompanySeal
from paraph.signing.refusals import SealUnusable

from .findings import Finding, fine, warning, wrong

LITTLE_SPACE, NO_SPACE = 2_000_000_000, 200_000_000
ENOUGH_AT_HAND = 256 << 20
"""So many bytes of its tables PostgreSQL keeps in memory at least, if somebody has set it up."""
PART_AT_HAND = 8
"""Of a smaller database, one part of so many will do."""
SOON = timedelta(days=30)
OTHERS = 0o077  # the permissions of everybody but the owner
MIGRATE = "Run 'paraph serve --migrate' once, or 'paraph migrate'."


def of_settings() -> Iterator[Finding]:
    """Whether people can reach it, and nobody sees what they should not."""
    address = urlsplit(settings.PARAPH_URL)
    is_home = address.hostname in {"localhost", "127.0.0.1", "::1"}
    if settings.DEBUG:
        yield wrong("Failures show their cause to visitors.", mend="Unset PARAPH_DEBUG.")
    if not settings.IS_HTTPS and not is_home:
        yield warning(
            f"{settings.PARAPH_URL} is not encrypted: codes and links can be read on the way.",
            mend="Put a proxy with a certificate before it and set PARAPH_URL=https://…",
        )
    if is_home and not settings.PARAPH_DEMO:
        yield warning(
            f"Links in messages lead to {settings.PARAPH_URL}, which only this machine opens.",
            mend="Set PARAPH_URL to the address that your clients reach.",
        )
    yield fine(f"PARAPH_URL {settings.PARAPH_URL}, data in {settings.PARAPH_DATA}")


def of_keys() -> Iterator[Finding]:
    """Whether every key can be used, and the master key is kept where it should be."""
    try:
        master_key()
    except KeyUnusable as missing:
        yield wrong(
            f"The master key in {missing} is missing or unreadable: nothing can be signed.",
            mend="Bring the file back from your safe, or name it: PARAPH_KEY_FILE=…",
        )
        return
    yield from _of_place(settings.PARAPH_KEY_FILE)
    yield from _opened_by_it()


def of_certificates() -> Iterator[Finding]:
    """Whether the installation's certificates, and those of its companies, last."""
    now = datetime.now(UTC)
    known = [x509.load_pem_x509_certificate(pem) for pem in authority.certificates()]
    ends = [(each.subject.rfc4514_string(), each.not_valid_after_utc) for each in known]
    seals = CompanySeal.objects.in_use().values_list("subject", "valid_until")
    for subject, end in [*ends, *seals]:
        if end < now + SOON:
            yield warning(
                f"The certificate of {subject} ends on {end:%Y-%m-%d}.",
                mend="The worker renews our own; a company's comes from outside.",
            )
    yield fine(f"{len(known)} certificates of our own, {len(seals)} of companies")


def of_storage() -> Iterator[Finding]:
    """Whether files can be written and read, and there is room for more."""
    content = token_bytes(64)
    name = files.put(content)
    same = files.get(name) == content
    files.forget(name)
    if not same:
        yield wrong("A file came back changed.", mend="Look at the disk, and restore a backup.")
    free = shutil.disk_usage(settings.PARAPH_DATA).free
    mend = f"Make room on the disk of {settings.PARAPH_DATA}."
    if free < NO_SPACE:
        yield wrong(f"Only {free:,} bytes are free.", mend=mend)
    elif free < LITTLE_SPACE:
        yield warning(f"Only {free:,} bytes are free.", mend=mend)
    yield fine(f"Files are written and read; {free:,} bytes are free")


def of_database() -> Iterator[Finding]:
    """Whether the database answers, is whole, and is of this release."""
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield wrong(f"{len(waiting)} migrations wait.", mend=MIGRATE)
    if connection.vendor == "sqlite":
        yield from _whole_sqlite()
    else:
        yield from _at_hand()
    yield fine(f"{connection.vendor} answers")


def _of_place(file: Path) -> Iterator[Finding]:
    """Whether whoever gets the data gets the master key with them."""
    if file.is_relative_to(settings.PARAPH_DATA):
        yield warning(
            f"The master key lies among the data ({file}): whoever copies one has both.",
            mend="Move it to another disk and name it: PARAPH_KEY_FILE=…",
        )
    if file.stat().st_mode & OTHERS:
        yield warning(f"Others may read {file}.", mend=f"chmod 600 {file}")


def _opened_by_it() -> Iterator[Finding]:
    """Whether the keys that are kept open under this master key."""
    mend = f"{settings.PARAPH_KEY_FILE} is another master key than before: bring the old one back."
    state = AuthorityState.objects.first()
    try:
        if state:
            yield from _seal_signs(authority.opened(bytes(state.blob)))
        for shard in LogShard.objects.order_by("-number")[:1]:
            log_keys.opened(shard)
    except (CannotUnlock, InvalidTag):
        yield wrong("The signing keys do not open: nothing can be signed.", mend=mend)
        return
    yield fine("Every key opens" if state else "No keys yet: the first start makes them")


def _seal_signs(kept: Authority) -> Iterator[Finding]:
    """Whether the token answers in which the installation's seal lies."""
    if not kept.seal_label:
        return
    try:
        kept.seal.sign(b"is it there")
    except SealUnusable as failure:
        yield wrong(
            f"The seal's key in the token cannot be used ({failure}): nothing can be sealed.",
            mend="Plug the token in, look at PARAPH_PKCS11_…, or run 'paraph keys seal-here'.",
        )


def _at_hand() -> Iterator[Finding]:
    """Whether PostgreSQL keeps enough of its tables in memory, or as little as it comes with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()),"
            " pg_size_bytes(current_setting('shared_buffers'))"
        )
        size, kept = cursor.fetchone()
    if is_little_at_hand(kept, size=size):
        yield warning(
            f"PostgreSQL holds {kept >> 20} of {size >> 20} MB in memory: searches may be slow.",
            mend="Set shared_buffers in postgresql.conf to a quarter of its machine's memory.",
        )


def is_little_at_hand(kept: int, *, size: int) -> bool:
    """Tell whether searches wait for what PostgreSQL has to read again and again."""
    return kept < min(ENOUGH_AT_HAND, size // PART_AT_HAND)


def _whole_sqlite() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            (answer,) = cursor.execute("PRAGMA quick_check(1)").fetchone()
            broken = cursor.execute("PRAGMA foreign_key_check").fetchone()
    except DatabaseError as damage:
        answer, broken = str(damage), None
    if answer != "ok" or broken:
        yield wrong(
            f"The database is damaged: {answer if answer != 'ok' else broken}.",
            mend="Stop Paraph, keep a copy of the data folder, and restore the last backup.",
        )
