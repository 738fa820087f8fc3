"""Electronically signed PDFs for tests, with throw-away certificates nobody trusts.

A certificate of "Penerbit Contoh" (``root_certificate``, for tests of a known chain) issues one
for each signer.
"""

import io
from datetime import UTC, datetime
from functools import cache

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.makers import pdf_bytes

ISSUER = "Penerbit Contoh"
VALID = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC))


def signed_pdf(pdf=None, *, name="Penanda Contoh", field="TandaTangan1") -> bytes:
    """The PDF (a small one unless given) with one signature by ``name`` over all of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf or pdf_bytes()))
    out = signers.sign_pdf(
        writer,
        PdfSignatureMetadata(field_name=field, name=name),
        signer=_signer(name),
        new_field_spec=fields.SigFieldSpec(field),
    )
    return out.getvalue()


def signed_twice() -> bytes:
    """Signed by one person, then by another: the second adds to what the first has signed."""
    return signed_pdf(signed_pdf(), name="Penanda Kedua", field="TandaTangan2")


def changed_after_signing(signed: bytes) -> bytes:
    """The first page's content replaced by an incremental update: the signed bytes still stand,
    the page shows something else."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page_ref, _ = writer.find_page_for_modification(0)
    content = generic.StreamObject(stream_data=b"BT ET 0 0 0 rg 100 100 200 200 re f")
    page_ref.get_object()["/Contents"] = writer.add_object(content)
    writer.update_container(page_ref.get_object())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def overwritten_after_signing(signed: bytes) -> bytes:
    """A signed byte itself is another: a digit of the first page's size."""
    at = signed.index(b"/MediaBox")
    at = next(place for place in range(at, len(signed)) if signed[place : place + 1].isdigit())
    other = b"1" if signed[at : at + 1] == b"0" else b"0"
    return signed[:at] + other + signed[at + 1 :]


def root_certificate() -> bytes:
    """The issuer's certificate in DER."""
    return _issued(ISSUER)[0]


@cache
def _issued(name) -> tuple[bytes, bytes]:
    """(certificate, private key) in DER; the issuer's own is signed by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    is_issuer = name == ISSUER
    issuer_key = key if is_issuer else load_der_private_key(_issued(ISSUER)[1], None)
    built = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(ISSUER))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
        .add_extension(_usage(is_issuer), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return built.public_bytes(Encoding.DER), secret


def _named(name) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "ID")
    return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(is_issuer) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_issuer,
        content_commitment=not is_issuer,
        key_cert_sign=is_issuer,
        crl_sign=is_issuer,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _signer(name) -> signers.SimpleSigner:
    certificate, key = _issued(name)
    root = asn1_x509.Certificate.load(root_certificate())
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore.from_certs([root]),
    )
