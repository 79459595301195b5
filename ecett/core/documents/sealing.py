"""The portal's seal: a PAdES signature with the portal's own key. The file proves itself without the portal.

It is a simple electronic seal: it shows that this portal made the file and that nothing was changed since.
The key (P-256) and its self-signed certificate are made on first use in ``settings.KEYS_DIR``. Certificates
of former keys stay there as ``seal-*.crt`` and go on being trusted. Checking needs those certificates, no
database and no network.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import functools
import hashlib
import os
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

FIELD = "PortalSeal"
KEY_FILE = "seal.pem"
CERTIFICATES = "seal-*.crt"
# Room for the signature in the file (bytes): a P-256 signature with one certificate takes about 1,000.
# Said here, since pyHanko would otherwise sign once more to find out.
SIGNATURE_BYTES = 2048
# How the verification code stands among the file's keywords.
CODE_KEYWORD = "verification-code:"


@dataclass(frozen=True)
class SealReport:
    """What a file says of itself.

    ``intact``: every sealed byte is as it was and the signature is genuine. ``covers_whole``: nothing was
    added afterwards. ``trusted``: sealed with a key of this portal. ``fingerprint``: SHA-256 of the sealing
    certificate, hexadecimal. ``signed_at`` is the portal's clock, not a time stamp of a third party.
    """

    sealed: bool
    intact: bool = False
    covers_whole: bool = False
    trusted: bool = False
    fingerprint: str = ""
    signed_at: dt.datetime | None = None
    reason: str = ""
    code: str = ""

    @property
    def genuine(self) -> bool:
        """Made by this portal and unchanged."""
        return self.sealed and self.intact and self.covers_whole and self.trusted


def keys_dir() -> Path:
    return Path(settings.KEYS_DIR)


def _new_key_file() -> bytes:
    """A fresh P-256 key and its certificate, both PEM, the key first."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "ECETT"),
            x509.NameAttribute(NameOID.COMMON_NAME, "ECETT portal seal"),
        ]
    )
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * 30))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + certificate.public_bytes(serialization.Encoding.PEM)


def _write_once(path: Path, content: bytes) -> bytes:
    """Write a private file (0600) unless it is there; what it holds then.

    Of several processes one wins, and none reads half a file.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    return path.read_bytes()


def _fingerprint(certificate_der: bytes) -> str:
    return hashlib.sha256(certificate_der).hexdigest()


@functools.lru_cache(maxsize=4)
def _signer(folder: Path) -> Any:
    """The signer of a key folder; makes key and certificate on first use."""
    from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
    from asn1crypto import x509 as asn1_x509
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    path = folder / KEY_FILE
    pem = path.read_bytes() if path.exists() else _write_once(path, _new_key_file())
    certificate = x509.load_pem_x509_certificate(pem)
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    # The certificate alone, for whoever checks a file without the key; named by its fingerprint.
    public = folder / f"seal-{_fingerprint(encoded)[:16]}.crt"
    if not public.exists():
        _write_once(public, certificate.public_bytes(serialization.Encoding.PEM))
    key = serialization.load_pem_private_key(pem, password=None).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(encoded),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )
    signer.signed_attr_prov_spec = _certificate_named(signer.signing_cert)
    return signer


def _certificate_named(certificate: Any) -> Any:
    """The attribute that PAdES asks for beside the digest, which names the certificate; encoded once.

    pyHanko would put it together for each seal. asn1crypto, in which it does so, encodes such a value anew
    each time that anything around it is asked for its bytes: three quarters of the time of a seal. What it has
    read from bytes it takes as it is, unless a field was left to its default. Hence not SHA-256, the default.
    """
    from asn1crypto.tsp import SigningCertificateV2  # type: ignore[import-untyped]
    from pyhanko.sign.attributes import SignedAttributeProviderSpec, SigningCertificateV2Provider
    from pyhanko.sign.general import as_signing_certificate_v2

    encoded = as_signing_certificate_v2(certificate, hash_algo="sha512").dump()

    class Encoded(SigningCertificateV2Provider):
        async def build_attr_value(self, dry_run: bool = False) -> SigningCertificateV2:
            return SigningCertificateV2.load(encoded)

    class Attributes(SignedAttributeProviderSpec):
        def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> list[Encoded]:
            return [Encoded(certificate)]

    return Attributes()


def known_fingerprints(folder: Path | None = None) -> frozenset[str]:
    """The SHA-256 fingerprints of the portal's sealing certificates, present and former. Makes no key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    found = set()
    for path in (folder or keys_dir()).glob(CERTIFICATES):
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        found.add(_fingerprint(certificate.public_bytes(serialization.Encoding.DER)))
    return frozenset(found)


def load() -> None:
    """Import what sealing needs, which takes the best part of a second, ahead of the first document."""
    import pyhanko.pdf_utils.filters
    import pyhanko.pdf_utils.incremental_writer
    import pyhanko.pdf_utils.metadata.xmp_xml
    import pyhanko.sign.signers  # noqa: F401


def seal(pdf: bytes, *, reason: str, title: str = "") -> bytes:
    """The same document with the portal's seal: any later change shows.

    ``reason`` and ``title`` stand in the seal, where PDF readers show them.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        name="ECETT",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    field = fields.SigFieldSpec(sig_field_name=FIELD, readable_field_name=title or reason or None)
    signer = signers.PdfSigner(metadata, signer=_signer(keys_dir()), new_field_spec=field)

    def sign() -> bytes:
        file = BytesIO(pdf)
        # Reserved in hexadecimal digits.
        signer.sign_pdf(IncrementalPdfFileWriter(file), in_place=True, bytes_reserved=2 * SIGNATURE_BYTES)
        return file.getvalue()

    return _apart_from_loops(sign)


def _apart_from_loops(work: Callable[[], bytes]) -> bytes:
    """Does work that starts an event loop of its own, which a thread that already runs one would refuse."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(work).result()


def verify(pdf: bytes, *, trusted: frozenset[str] | None = None) -> SealReport:
    """What is true of a file; never raises for a bad one.

    ``trusted`` are fingerprints of sealing certificates, by default those of this portal. The certificate's
    dates are not asked: a seal stays a proof after the key has been replaced.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    trusted = known_fingerprints() if trusted is None else trusted
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        code = _code_of(reader)
        signatures = list(reader.embedded_regular_signatures)
    except Exception:
        # Anything can come as a "PDF": a file the library cannot read is a file without a seal.
        return SealReport(sealed=False)
    reports = [_report(signature, code, trusted) for signature in signatures]
    # Several signatures: the portal's own, if there is one, is the one that counts.
    reports.sort(key=lambda report: (report.trusted, report.intact), reverse=True)
    return reports[0] if reports else SealReport(sealed=False, code=code)


def _report(signature: Any, code: str, trusted: frozenset[str]) -> SealReport:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        certificate = signature.signer_cert
        fingerprint = _fingerprint(certificate.dump())
        signature.compute_integrity_info(skip_diff=True)
        unchanged, valid = validate_sig_integrity(
            signature.signer_info,
            certificate,
            expected_content_type="data",
            actual_digest=signature.compute_digest(),
        )
        return SealReport(
            sealed=True,
            intact=bool(unchanged and valid),
            covers_whole=signature.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            trusted=fingerprint in trusted,
            fingerprint=fingerprint,
            signed_at=signature.self_reported_timestamp,
            reason=str(signature.sig_object.get("/Reason", "")),
            code=code,
        )
    except Exception:
        return SealReport(sealed=True, code=code)


def _code_of(reader: Any) -> str:
    """The verification code among the keywords of a file; empty without one."""
    try:
        keywords = str(reader.trailer["/Info"]["/Keywords"])
    except KeyError:
        return ""
    found = re.search(re.escape(CODE_KEYWORD) + r"\s*([0-9A-Z-]{5,20})", keywords)
    return found.group(1) if found else ""
