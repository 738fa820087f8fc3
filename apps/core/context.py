"""What every page shows around its content: navigation, person, help, the sample strip.

Settings may set SAMPLE_FLAG (dotted path of a function without arguments that tells whether this
installation holds sample data; "" for never), HELP_CONTACT and SOURCE_CREDITS. All is read
lazily, so that an answer that shows none of it costs no query.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import Resolver404, get_urlconf, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from apps.core.formats import format_date
from apps.core.menus import desk_links, foot, nav_links, person_menu

DEFAULT_SAMPLE_FLAG = "apps.regions.queries.is_sample_installation"
DEFAULT_HELP_CONTACT = "Perwakilan BKKBN di provinsi Anda"
DEFAULT_CREDITS = (
    "Kode dan nama wilayah: Kepmendagri Nomor 300.2.2-2138 Tahun 2025, melalui cahyadsn/wilayah "
    "(MIT). Batas wilayah: BPS dan OCHA, COD-AB Indonesia 2020 (CC BY 3.0 IGO), disederhanakan."
)

LONGEST_ADDRESS = 300

EVERYBODY = frozenset({"operator", "verifier", "coordinator", "national", "observer", "admin"})
VERIFYING = frozenset({"verifier", "coordinator", "national"})
OF_A_REGION = frozenset({"operator", "observer"})


@dataclass(frozen=True)
class Entry:
    """One word of the navigation: where it leads, who sees it, the key of its count."""

    label: str
    path: str
    icon: str
    roles: frozenset[str]
    count_key: str = ""


# In the order of the bar; officers come to their Pokja before the dashboards. An address is shown
# once, and not at all where no page answers (yet).
NAVIGATION = (
    Entry("Tugas saya", "/tugas/", "list-check", frozenset({"operator"}), "tasks"),
    Entry("Verifikasi", "/verifikasi/", "clipboard-check", VERIFYING, "queue"),
    Entry("Tugas saya", "/tugas/", "list-check", VERIFYING, "tasks"),
    Entry("Pokja", "/pokja/", "people", frozenset({"operator"})),
    Entry("Dasbor", "/dasbor/", "bar-chart", EVERYBODY),
    Entry("Pokja", "/pokja/", "people", EVERYBODY),
    Entry("Dokumen", "/dokumen/", "file-earmark-text", OF_A_REGION),
    Entry("Bandingkan", "/bandingkan/", "columns", EVERYBODY - OF_A_REGION),
    Entry("Rekap", "/rekap/", "file-earmark-spreadsheet", VERIFYING),
    Entry("Impor", "/impor/", "upload", EVERYBODY - {"observer"}),
    Entry("Panduan", "/panduan/", "question-circle", OF_A_REGION),
    Entry("Admin", "/admin/", "gear", frozenset({"admin"})),
)
# The desk: pages one needs now and then, in the menu of the person and beside the tasks.
MANAGING = frozenset({"coordinator", "national", "admin"})
WORKING = EVERYBODY - {"observer"}
DESK = (
    Entry("Notifikasi", "/notifikasi/", "bell", EVERYBODY),
    Entry("Batas waktu", "/periode/", "calendar-x", EVERYBODY),
    Entry("Jam provinsi", "/jam/", "clock-history", EVERYBODY),
    Entry("Tindak lanjut", "/tindak-lanjut/", "check2-square", WORKING),
    Entry("Sanggahan", "/sanggahan/", "chat-left-text", WORKING),
    Entry("Tinjauan kedua", "/tinjauan/", "eye", VERIFYING),
    Entry("Kampanye pengingat", "/kampanye/", "megaphone", VERIFYING | {"admin"}),
    Entry("Rubrik", "/rubrik/", "list-check", EVERYBODY),
    Entry("Buku tahun", "/buku/", "lock", WORKING),
    Entry("Data terbuka", "/publikasi/", "eye", MANAGING),
    Entry("Capaian", "/capaian/", "bullseye", EVERYBODY),
    # In the bar of the others; more than seven words do not fit it.
    Entry("Bandingkan", "/bandingkan/", "columns", OF_A_REGION),
    Entry("Dokumen", "/dokumen/", "file-earmark-text", EVERYBODY - OF_A_REGION),
    Entry("Tren", "/tren/", "bar-chart", EVERYBODY),
    Entry("Unduhan", "/unduhan/", "download", VERIFYING | {"admin"}),
    Entry("Regulasi", "/regulasi/", "file-earmark-text", EVERYBODY),
    Entry("Contoh daerah lain", "/contoh/", "eye", EVERYBODY),
    Entry(
        "Perubahan wilayah",
        "/wilayah/perubahan/",
        "arrow-left-right",
        frozenset({"national", "admin"}),
    ),
    Entry("Jejak perubahan", "/jejak/", "clock-history", WORKING),
    Entry("Akun", "/akun/", "people", MANAGING),
    Entry("Serah terima", "/serah-terima/", "arrow-left-right", MANAGING | {"operator"}),
    Entry("Mode latihan", "/latihan/", "mortarboard", EVERYBODY),
    Entry("Panduan", "/panduan/", "question-circle", EVERYBODY - OF_A_REGION),
)
FOOTER = (
    ("Cara menghitung skor", "/panduan/skor/"),
    ("Aksesibilitas", "/panduan/aksesibilitas/"),
    ("Periksa keaslian rapor", "/periksa/"),
    ("Data terbuka", "/publik/"),
)


def chrome(request) -> dict:
    """Context processor: ``chrome`` and ``is_sample``."""
    return {"chrome": Chrome(request), "is_sample": SimpleLazyObject(is_sample)}


def is_sample() -> bool:
    """Whether the figures on the page are sample data, as the named function answers."""
    path = getattr(settings, "SAMPLE_FLAG", DEFAULT_SAMPLE_FLAG)
    return bool(path and import_string(path)())


class Chrome:
    """The frame of one page for one request."""

    help_path = "/panduan/"

    def __init__(self, request):
        self.request = request

    @cached_property
    def scope(self):
        """The person's scope, duck-typed (``has_role``, ``label``); None when not signed in."""
        user = getattr(self.request, "user", None)
        return user.scope if user is not None and user.is_authenticated else None

    @cached_property
    def nav(self) -> list[dict]:
        """The words of the navigation for this person, with counts where somebody set them.

        Whoever knows how much is open sets ``request.nav_counts``, e.g. {"tasks": 5}.
        """
        if self.scope is None:
            return []
        shown = {}
        for entry in self._offered(NAVIGATION):
            shown.setdefault(entry.path, entry)
        counts = getattr(self.request, "nav_counts", None) or {}
        return [
            {
                "label": entry.label,
                "path": entry.path,
                "icon": entry.icon,
                "count": counts.get(entry.count_key, 0) if entry.count_key else 0,
                "current": self.request.path.startswith(entry.path),
            }
            for entry in shown.values()
        ]

    def _offered(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Those of the entries that this person sees and that lead somewhere."""
        held = frozenset(role for role in EVERYBODY if self.scope.has_role(role))
        return _entries_for(entries, held, _urlconf())

    @cached_property
    def desk(self) -> tuple[Entry, ...]:
        """The pages of the desk this person has."""
        return self._offered(DESK) if self.scope is not None else ()

    @property
    def nav_bar(self) -> str:
        """The same as links, for wide screens."""
        return nav_links(self.nav)

    @property
    def nav_menu(self) -> str:
        """As links with icons, for the one menu of a phone."""
        return nav_links(self.nav, with_icons=True)

    @cached_property
    def desk_links(self) -> str:
        return desk_links(self.desk)

    def person_menu(self, token: str) -> str:
        """``token``: of the form that signs out."""
        return person_menu(self.desk_links, has_profile=self.has_profile, token=token)

    def foot(self, data_date: str) -> str:
        """``data_date``: the sentence on how fresh the figures of the page are."""
        return foot(
            **self.help,
            data_date=data_date,
            pages=_pages_at_the_foot(_urlconf()),
            credits=self.credits,
            today=self.today,
            address=self.address,
        )

    @cached_property
    def person(self) -> dict:
        """Name and post for the menu."""
        user = self.request.user
        return {
            "name": getattr(user, "full_name", "") or user.get_username(),
            "post": self.scope.label,
        }

    @cached_property
    def help(self) -> dict:
        """Who helps, as the person's province names it; the same place on every page.

        ``path`` is "" while there is no guide; ``phone`` and ``email`` may be empty.
        """
        helper = getattr(self.scope, "helper", None)
        return {
            "contact": helper.name if helper else self.default_contact,
            "phone": helper.phone if helper else "",
            "call": re.sub(r"[^+\d]", "", helper.phone) if helper else "",
            "email": helper.email if helper else "",
            "path": self.help_path * address_exists(self.help_path),
        }

    @property
    def today(self) -> str:
        """The day on which a page is opened, for the foot of its print."""
        return format_date(timezone.localdate())

    @property
    def address(self) -> str:
        """Where this page stands, for the foot of its print; cut where somebody made it endless.
        Empty for a host that is not ours, which the page of that error shows as well."""
        try:
            return self.request.build_absolute_uri()[:LONGEST_ADDRESS]
        except (AttributeError, DisallowedHost):
            return ""

    @property
    def default_contact(self) -> str:
        return getattr(settings, "HELP_CONTACT", DEFAULT_HELP_CONTACT)

    @property
    def credits(self) -> str:
        return getattr(settings, "SOURCE_CREDITS", DEFAULT_CREDITS)

    @property
    def has_profile(self) -> bool:
        return address_exists("/profil/")


def address_exists(path: str) -> bool:
    """Whether some page answers at ``path``; remembered for the life of the URL table."""
    return _answers(path, _urlconf())


@lru_cache(maxsize=512)
def _answers(path: str, urlconf: str) -> bool:
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True


def _urlconf() -> str:
    return get_urlconf() or settings.ROOT_URLCONF


@lru_cache(maxsize=256)
def _entries_for(
    entries: tuple[Entry, ...], held: frozenset[str], urlconf: str
) -> tuple[Entry, ...]:
    """Entries for somebody with these roles whose page exists. Kept: every page asks for it."""
    return tuple(each for each in entries if each.roles & held and address_exists(each.path))


@lru_cache(maxsize=8)
def _pages_at_the_foot(urlconf: str) -> tuple[tuple[str, str], ...]:
    return tuple((label, path) for label, path in FOOTER if address_exists(path))
