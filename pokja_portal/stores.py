"""Where documents lie: what the environment's FILE_STORE means, for settings.STORAGES."""

from importlib.util import find_spec
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = {"BACKEND": "apps.documents.folder_store.FolderStore"}
EXAMPLE = "FILE_STORE=s3://nama-bucket/awalan?endpoint=https://s3.contoh.go.id&region=id-1"


def file_store(address: str, *, access_key: str = "", secret_key: str = "") -> dict:
    """The entry of STORAGES for documents.

    Empty: the folder MEDIA_ROOT. ``s3://bucket/prefix?endpoint=URL&region=NAME``: S3-compatible
    storage; without ``endpoint`` Amazon's own, where the machine's role may stand for the keys.
    Raises ImproperlyConfigured with a sentence for whoever starts the portal.
    """
    if not address:
        return FOLDER
    parts = urlsplit(address)
    if parts.scheme != "s3":
        raise _wrong(f"dimulai dengan {parts.scheme or address!r}, seharusnya s3://")
    if not parts.netloc:
        raise _wrong("tidak menyebut bucket")
    words = _words(parts.query)
    endpoint = words.get("endpoint")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise _wrong(f"endpoint {endpoint!r} bukan alamat http:// atau https://")
    _check_keys(endpoint, access_key, secret_key)
    _check_package()
    return {
        "BACKEND": "apps.documents.s3_store.S3Store",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": endpoint,
            "region_name": words.get("region"),
            "access_key": access_key or None,
            "secret_key": secret_key or None,
        },
    }


def _wrong(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"FILE_STORE {reason}. Contoh: {EXAMPLE}")


def _words(query: str) -> dict[str, str]:
    words = {name: values[-1] for name, values in parse_qs(query).items()}
    if unknown := words.keys() - {"endpoint", "region"}:
        raise _wrong(f"memuat kata yang tidak dikenal: {', '.join(sorted(unknown))}")
    return words


def _check_keys(endpoint, access_key: str, secret_key: str) -> None:
    if bool(access_key) != bool(secret_key) or (endpoint and not access_key):
        raise ImproperlyConfigured(
            "FILE_STORE memakai S3, tetapi AWS_ACCESS_KEY_ID atau AWS_SECRET_ACCESS_KEY belum "
            "diisi. Isi keduanya."
        )


def _check_package() -> None:
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(
            "FILE_STORE memakai S3, tetapi paketnya belum terpasang. Jalankan: "
            "pip install -r requirements-s3.txt"
        )
