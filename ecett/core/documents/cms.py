"""The signature inside a seal: a detached CMS message (RFC 5652) with the attributes of PAdES, as DER.

pyHanko can build it too, in 15 ms of copying ASN.1 objects, against 70 ms for a whole certificate. Of all its
choices we need one (P-256, SHA-256, one certificate, no time stamp), whose bytes are these. The tests have
pyHanko read and check them.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

INTEGER, OCTETS, OID, SEQUENCE, SET, CONTEXT_0 = 0x02, 0x04, 0x06, 0x30, 0x31, 0xA0


def der(tag: int, *parts: bytes) -> bytes:
    """One element: tag, length, content."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def oid(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    body = bytes((40 * first + second,))
    for number in rest:
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(0x80 | (number & 0x7F))
        body += bytes(reversed(septets))
    return der(OID, body)


def integer(number: int) -> bytes:
    """A number that is not negative."""
    return der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


DATA = oid("1.2.840.113549.1.7.1")
SIGNED_DATA = oid("1.2.840.113549.1.7.2")
CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2 = oid("1.2.840.113549.1.9.16.2.47")
SHA256 = der(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"))
ECDSA_SHA256 = der(SEQUENCE, oid("1.2.840.10045.4.3.2"))
VERSION_1 = integer(1)


class DetachedSigner:
    """Signs digests with one P-256 key; all that does not depend on the document is made once."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._certificate = certificate.public_bytes(Encoding.DER)
        hashed = der(OCTETS, certificate.fingerprint(hashes.SHA256()))
        # SigningCertificateV2 of one ESSCertIDv2, whose default hash is SHA-256.
        self._own_attributes = (
            der(SEQUENCE, CONTENT_TYPE, der(SET, DATA)),
            der(
                SEQUENCE,
                SIGNING_CERTIFICATE_V2,
                der(SET, der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, hashed)))),
            ),
        )
        self._signer_id = der(SEQUENCE, certificate.issuer.public_bytes(), integer(certificate.serial_number))

    def sign(self, digest: bytes) -> bytes:
        """The CMS message for content with this SHA-256 digest (32 bytes)."""
        attributes = sorted(
            (*self._own_attributes, der(SEQUENCE, MESSAGE_DIGEST, der(SET, der(OCTETS, digest))))
        )
        signature = self._key.sign(der(SET, *attributes), ec.ECDSA(hashes.SHA256()))
        signer_info = der(
            SEQUENCE,
            VERSION_1,
            self._signer_id,
            SHA256,
            der(CONTEXT_0, *attributes),
            ECDSA_SHA256,
            der(OCTETS, signature),
        )
        signed_data = der(
            SEQUENCE,
            VERSION_1,
            der(SET, SHA256),
            der(SEQUENCE, DATA),
            der(CONTEXT_0, self._certificate),
            der(SET, signer_info),
        )
        return der(SEQUENCE, SIGNED_DATA, der(CONTEXT_0, signed_data))
