"""When a start is refused (spec section 10): each reason a sentence that says what to do.

Pure functions over what settings.py has read. What only the database knows, whether it holds
sample accounts, is asked in ``apps.operations.sample_accounts``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Good enough to try the portal on one's own machine, known to everybody who has the source.
DEVELOPMENT_KEY = "hanya-untuk-pengembangan-jangan-dipakai-di-server-mana-pun"

MIN_KEY_LENGTH = 32
MIN_KEY_VARIETY = 5  # different characters; below it somebody held a key down
MIN_TOKEN_LENGTH = 20


@dataclass(frozen=True)
class Start:
    """What decides whether a start is safe; the names are those of the environment."""

    debug: bool
    secret_key: str
    allowed_hosts: list[str]
    secret_key_fallbacks: tuple[str, ...] = ()
    https: bool = True
    allow_http: bool = False
    csrf_trusted_origins: tuple[str, ...] = ()
    portal_url: str = ""
    email_url: str = ""
    metrics_token: str = ""
    private_folders: tuple[Path, ...] = ()
    public_folders: tuple[Path, ...] = ()


def refuse_unsafe_start(**facts) -> None:
    """Raise ImproperlyConfigured with every reason against a start with these facts (``Start``).

    Development may do what it likes as long as nobody else can reach it.
    """
    start = Start(**facts)
    if start.debug:
        reasons = list(_in_development(start))
    else:
        checks = (_key, _fallbacks, _hosts, _transport, _origins, _mail, _metrics, _folders)
        reasons = [reason for check in checks for reason in check(start)]
    if len(reasons) == 1:
        raise ImproperlyConfigured(reasons[0])
    if reasons:
        raise ImproperlyConfigured("\n- ".join(["Portal tidak dijalankan, karena:", *reasons]))


def _in_development(start: Start) -> Iterator[str]:
    public = [host for host in start.allowed_hosts if not is_near(host)]
    if public:
        yield (
            f"DEBUG menyala, padahal ALLOWED_HOSTS memuat {', '.join(public)}. Dengan DEBUG siapa "
            "pun melihat isi dalam portal. Matikan DEBUG, atau sisakan localhost dan alamat "
            "jaringan sendiri."
        )


def _key(start: Start) -> Iterator[str]:
    if not start.secret_key:
        yield (
            "SECRET_KEY belum diisi. Isi variabel lingkungan SECRET_KEY (atau SECRET_KEY_FILE) "
            "dengan kunci acak, atau DEBUG=1 bila ini komputer pengembangan."
        )
    elif fault := _fault_of(start.secret_key):
        yield f"SECRET_KEY {fault}"


def _fallbacks(start: Start) -> Iterator[str]:
    for number, key in enumerate(start.secret_key_fallbacks, 1):
        if fault := _fault_of(key):
            yield f"SECRET_KEY_FALLBACKS nomor {number} {fault}"


def _fault_of(key: str) -> str:
    if key == DEVELOPMENT_KEY:
        return (
            "masih kunci pengembangan yang diketahui umum. Ganti dengan kunci acak milik "
            "pemasangan ini."
        )
    if len(key) < MIN_KEY_LENGTH:
        return (
            f"terlalu pendek: {len(key)} karakter, paling sedikit {MIN_KEY_LENGTH}. Buat kunci "
            "acak yang lebih panjang."
        )
    if len(set(key)) < MIN_KEY_VARIETY:
        return (
            f"hanya memakai {len(set(key))} karakter yang berbeda, jadi mudah ditebak. Buat "
            "kunci acak."
        )
    return ""


def _hosts(start: Start) -> Iterator[str]:
    if not start.allowed_hosts:
        yield (
            "ALLOWED_HOSTS belum diisi. Isi dengan nama host portal, dipisah koma, misalnya "
            "ALLOWED_HOSTS=pokja.contoh.go.id."
        )
    if "*" in start.allowed_hosts:
        yield "ALLOWED_HOSTS tidak boleh berisi `*`. Sebutkan nama host portal satu per satu."


def _transport(start: Start) -> Iterator[str]:
    """Without HTTPS passwords and cookies travel in the clear: only on the machine itself, or
    where somebody says that this is meant."""
    far = [host for host in start.allowed_hosts if not is_here(host)]
    if not start.https and far and not start.allow_http:
        yield (
            f"HTTPS dimatikan, padahal portal dijangkau dengan nama {', '.join(far)}: kata sandi "
            "akan lewat tanpa sandi dan cookie tidak diamankan. Hapus HTTPS=0, atau nyatakan "
            "ALLOW_HTTP=1 bila jaringannya memang tertutup."
        )
    if start.https and start.portal_url and urlsplit(start.portal_url).scheme != "https":
        yield (
            f"PORTAL_URL {start.portal_url!r} bukan alamat https://, padahal portal memakai "
            "HTTPS: tautan di surel akan dikirim tanpa sandi. Tulis dengan https://."
        )


def _origins(start: Start) -> Iterator[str]:
    for origin in start.csrf_trusted_origins:
        if "*" in origin or (start.https and not origin.startswith("https://")):
            yield (
                f"CSRF_TRUSTED_ORIGINS memuat {origin!r}. Sebutkan alamat https:// yang utuh, "
                "tanpa `*`: dari sana formulir portal boleh dikirim."
            )


def _mail(start: Start) -> Iterator[str]:
    if start.email_url.startswith("consolemail:"):
        yield (
            "EMAIL_URL=consolemail:// menulis surel, termasuk tautan pengganti kata sandi, ke log. "
            "Sebutkan server surel, atau spool:///folder."
        )


def _metrics(start: Start) -> Iterator[str]:
    if 0 < len(start.metrics_token) < MIN_TOKEN_LENGTH:
        yield (
            f"METRICS_TOKEN terlalu pendek: {len(start.metrics_token)} karakter, paling sedikit "
            f"{MIN_TOKEN_LENGTH}. Buat kata acak yang lebih panjang, atau kosongkan."
        )


def _folders(start: Start) -> Iterator[str]:
    for private in start.private_folders:
        for public in start.public_folders:
            if private.resolve().is_relative_to(public.resolve()):
                yield (
                    f"Folder {private} terletak di dalam {public}, yang dibuka untuk umum. "
                    "Pindahkan MEDIA_ROOT, PRACTICE_ROOT, dan basis data ke tempat lain."
                )


def is_here(host: str) -> bool:
    """Whether this name of ALLOWED_HOSTS means the machine itself."""
    name = host.strip("[]").lower()
    if name in ("localhost", "testserver") or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def is_near(host: str) -> bool:
    """Whether this name can only be of the own network: a private address, a name without dot."""
    name = host.strip("[]").lower()
    if is_here(host) or name.endswith((".local", ".lan", ".internal")):
        return True
    address = _address(name)
    return address.is_private if address else name not in ("", "*") and "." not in name


def _address(name: str):
    try:
        return ip_address(name)
    except ValueError:
        return None
