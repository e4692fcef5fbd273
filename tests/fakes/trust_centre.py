"""A trust centre as companies buy from: it issues certificates, keeps a revocation list, and
stamps by RFC 3161, all over a real socket and with none of our code."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.test import override_settings
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

YEAR = timedelta(days=365)
PASSWORD = "opens-the-seal"
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass
class TrustCentre:
    """One trust centre; ``url`` is empty while nobody serves it."""

    url: str = ""
    since: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(days=900))
    revoked: list[int] = field(default_factory=list)
    asked: int = 0
    is_down: bool = False
    babbles: bool = False
    ahead: timedelta = timedelta(0)

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        return ec.generate_private_key(ec.SECP256R1())

    @cached_property
    def root(self) -> x509.Certificate:
        """The root, which is nobody else's."""
        usage = _usage(key_cert_sign=True, crl_sign=True)
        made = self._certificate(_named("Certo Root"), self.key.public_key(), usage)
        return made.add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        ).sign(self.key, hashes.SHA256())

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def seal(
        self, name: str, *, key: Private | None = None, until: datetime | None = None
    ) -> tuple[Private, x509.Certificate]:
        """A company's key and certificate, an RSA one unless a key is given."""
        key = key or rsa.generate_private_key(65537, 2048)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, name),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
                x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "VATFR-40303265045"),
                x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            ]
        )
        usage = _usage(digital_signature=True, content_commitment=True)
        made = self._certificate(subject, key.public_key(), usage, until=until)
        return key, self._declared(made).sign(self.key, hashes.SHA256())

    def container(self, name: str, *, key: Private | None = None, **more: datetime) -> bytes:
        """The same as a PKCS #12 file under ``PASSWORD``."""
        made, certificate = self.seal(name, key=key, **more)
        encryption = BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(
            name.encode(), made, certificate, [self.root], encryption
        )

    def revocation_list(self) -> bytes:
        """The list as DER, good for a month."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(self.since)
            .next_update(now + 30 * timedelta(days=1))
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for serial in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(entry.revocation_date(now).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def stamped(self, request: bytes) -> bytes:
        """Answer a time-stamp request."""
        asked = tsp.TimeStampReq.load(request)
        self._stamper.fixed_dt = datetime.now(UTC) + self.ahead
        answer = asyncio.run(self._stamper.async_request_tsa_response(asked))
        written: bytes = answer.dump()
        return written

    @cached_property
    def _stamper(self) -> DummyTimeStamper:
        key = rsa.generate_private_key(65537, 2048)
        usage = _usage(digital_signature=True)
        made = self._certificate(_named("Certo Time Stamps"), key.public_key(), usage)
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = self._declared(made).add_extension(purpose, critical=True)
        certificate = made.sign(self.key, hashes.SHA256())
        store = SimpleCertificateStore()
        store.register(asn1.Certificate.load(self.root.public_bytes(Encoding.DER)))
        written = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(written),
            certs_to_embed=store,
        )

    def _certificate(
        self,
        subject: x509.Name,
        public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey,
        usage: x509.KeyUsage,
        *,
        until: datetime | None = None,
    ) -> x509.CertificateBuilder:
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_named("Certo Root"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.since)
            .not_valid_after(until or self.since + 10 * YEAR)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(own, critical=False)
            .add_extension(usage, critical=True)
        )

    def _declared(self, builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        if not self.url:
            return builder
        place = x509.UniformResourceIdentifier(f"{self.url}/certo.crl")
        points = [x509.DistributionPoint([place], None, None, None)]
        return builder.add_extension(x509.CRLDistributionPoints(points), critical=False)


class _Handler(BaseHTTPRequestHandler):
    centre: TrustCentre

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Hand out the revocation list."""
        self._answer(self.centre.revocation_list(), "application/pkix-crl")

    def do_POST(self) -> None:
        """Stamp."""
        self.centre.asked += 1
        request = self.rfile.read(int(self.headers["Content-Length"]))
        is_asked_well = self.headers["Content-Type"] == "application/timestamp-query"
        if self.centre.is_down or not is_asked_well:
            self.send_error(503)
        elif self.centre.babbles:
            self._answer(b"good morning", "application/timestamp-reply")
        else:
            self._answer(self.centre.stamped(request), "application/timestamp-reply")

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(centre: TrustCentre | None = None) -> Iterator[TrustCentre]:
    """Serve a trust centre on a port of loopback, where certificates may lead meanwhile."""
    centre = centre or TrustCentre()
    handler = type("Handler", (_Handler,), {"centre": centre})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    centre.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        with override_settings(INSIDE_NETWORKS=["127.0.0.0/8"]):
            yield centre
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(**said: bool) -> x509.KeyUsage:
    every: Sequence[str] = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: said.get(name, False) for name in every})
