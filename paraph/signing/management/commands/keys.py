"""``paraph keys``: the root's key taken out and put back, certificates renewed, the seal's key in
a token or here, and the master key replaced."""

import os
from argparse import ArgumentParser
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from paraph.sealing.authority import Authority, NotThisRoot
from paraph.sealing.credentials import KeyKeptApart
from paraph.signing import authority, certificates, rekeying, tokens, trust_state
from paraph.signing.models import AuthorityState
from paraph.signing.refusals import SealUnusable

LEAST_PASSWORD = 12
PROOF = b"the seal of this installation"


class Command(BaseCommand):
    """Thin: what each verb does is in ``signing.authority`` and ``signing.rekeying``."""

    help = "Look at the installation's keys, renew them, and keep the root's key apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("show", help="fingerprint, certificates, where the root key is")
        renew = verbs.add_parser("renew", help="replace the seal, status and time-stamp keys now")
        renew.add_argument("--issuing", action="store_true", help="the issuing authority as well")
        for name, words in (
            ("take-root-out", "write the root's key to a file and forget it here"),
            ("put-root-back", "read the root's key from a file"),
        ):
            verb = verbs.add_parser(name, help=words)
            verb.add_argument("file", type=Path)
            verb.add_argument("--password-file", type=Path, help="instead of being asked for it")
        token = verbs.add_parser("seal-in-token", help="seal by a key in the HSM from now on")
        token.add_argument("label", help="of the key; it is made there where there is none")
        verbs.add_parser("seal-here", help="seal by a key of the installation's own again")
        verbs.add_parser("replace-master-key", help="encrypt everything under a fresh master key")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the verb."""
        if not AuthorityState.objects.exists():
            raise CommandError("There are no keys yet: they are made at the first start.")
        at = timezone.now()
        verbs = {
            "show": self._show,
            "renew": self._renew,
            "take-root-out": self._take_out,
            "put-root-back": self._put_back,
            "seal-in-token": self._seal_in_token,
            "seal-here": self._seal_here,
            "replace-master-key": self._replace_master_key,
        }
        try:
            verbs[options["verb"]](options, at)
        except KeyKeptApart as reason:
            raise CommandError(
                "The root's key is kept apart. Put it back first: paraph keys put-root-back FILE"
            ) from reason
        except NotThisRoot as reason:
            raise CommandError(str(reason)) from reason
        except SealUnusable as reason:
            raise CommandError(f"The token cannot be used: {reason}") from reason

    def _show(self, options: Any, at: datetime) -> None:
        state = authority.ready(at=at)
        self.stdout.write(f"Root SHA-256  {trust_state.fingerprint()}")
        self.stdout.write(f"Root key      {'here' if state.has_root_key else 'kept apart'}")
        label = state.seal_label
        self.stdout.write(f"Seal key      {f'in the token, {label}' if label else 'here'}")
        for held in trust_state.certificates(at=at):
            self.stdout.write(f"{held.valid_until:%Y-%m-%d}    {held.subject}: {held.role}")

    def _renew(self, options: Any, at: datetime) -> None:
        def change(current: Authority) -> Authority:
            if options["issuing"]:
                return current.with_new_issuing(at)
            return current.with_new_credentials(at)

        authority.replace_authority(change, at=at)
        self.stdout.write("Renewed. What was signed with earlier keys keeps verifying.")

    def _take_out(self, options: Any, at: datetime) -> None:
        """The file is written and synced before anything is forgotten."""
        target, password = options["file"], _password(options)
        if len(password) < LEAST_PASSWORD:
            raise CommandError(f"Choose a password of at least {LEAST_PASSWORD} characters.")
        _write_new(target, authority.ready(at=at).root_key(password))
        authority.replace_authority(lambda current: current.without_root_key(), at=at)
        self.stdout.write(f"The root's key is in {target} alone. Keep it, and its password, safe.")

    def _put_back(self, options: Any, at: datetime) -> None:
        pem, password = options["file"].read_bytes(), _password(options)
        authority.replace_authority(lambda current: current.with_root_key(pem, password), at=at)
        self.stdout.write("The root's key is back.")

    def _seal_in_token(self, options: Any, at: datetime) -> None:
        """The token shows that it signs before anything is changed."""
        if not certificates.has_token():
            raise CommandError("Set PARAPH_PKCS11_MODULE and PARAPH_PKCS11_TOKEN first.")
        label = options["label"]
        public = tokens.public_key(label)
        proof = tokens.seal_key(label).sign(PROOF)
        try:
            public.verify(proof, PROOF, ec.ECDSA(SHA256()))
        except InvalidSignature as reason:
            raise CommandError(f"The keys named {label} do not belong together.") from reason
        authority.replace_authority(
            lambda current: current.with_seal_in_token(label, public=public, at=at), at=at
        )
        self.stdout.write(f"Documents are certified and closed by the token's key {label}.")

    def _seal_here(self, options: Any, at: datetime) -> None:
        authority.replace_authority(lambda current: current.with_seal_here(at), at=at)
        self.stdout.write("Documents are certified and closed by a fresh key of our own.")

    def _replace_master_key(self, options: Any, at: datetime) -> None:
        count = rekeying.replace_master_key(at=at)
        self.stdout.write(f"{count} keys are encrypted under a fresh master key. Back it up anew.")


def _password(options: Any) -> str:
    if given := options["password_file"]:
        return str(given.read_text(encoding="utf-8").strip())
    return getpass("Password of the root's key: ")


def _write_new(target: Path, content: bytes) -> None:
    """Write a file that only its owner may read, and that was not there before."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{target} is there already; it is not overwritten.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
