"""What every officer page begins with: the Pokja in scope, the year, the right to write."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import fetch, require
from apps.accounts.enums import Act
from apps.filing.cards import reader_of
from apps.pokja.models import Pokja

FIRST_YEAR = 2015
YEARS_SHOWN = 3


def pokja_in_scope(user, pk: int) -> Pokja:
    """The Pokja with its region and types, or 404 outside the user's scope."""
    rows = Pokja.objects.select_related("region__province", "merged_into")
    return fetch(rows.prefetch_related("kind_rows"), user, pk=pk)


def check_year(year: int) -> int:
    """404 for a year nobody can have data of; next year may be prepared."""
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404("Tahun tidak tersedia")
    return year


def newest_year(pokja: Pokja, today: date) -> int:
    """The year to open first: the running one, for a Pokja that ended the last it was scored."""
    if pokja.dissolved_on is None or pokja.dissolved_on > today:
        return today.year
    ended = pokja.dissolved_on
    # Scored on 31 December: the year of the end itself has no score.
    return max(ended.year - 1, FIRST_YEAR)


def years_offered(year: int, today: date) -> list[int]:
    """The years of the button group: three, moved back where an older one is open."""
    last = max(today.year, year) if year > today.year - YEARS_SHOWN else year + 1
    return list(range(last - YEARS_SHOWN + 1, last + 1))


def region_crumbs(pokja: Pokja, *, current: bool = False) -> list[tuple[str, str]]:
    """Sulawesi Selatan / Kabupaten Bone / Pokja Kampung KB; the last is text on its own page."""
    region = pokja.region
    found = [] if region.is_province else [(region.province.name, _dashboard(region.province))]
    found.append((region.full_name, _dashboard(region)))
    found.append((pokja.name, "" if current else reverse("filing:pokja", args=[pokja.pk])))
    return found


def year_crumbs(pokja: Pokja, year: int, name: str) -> list[tuple[str, str]]:
    """Kabupaten Bone / Pokja GDPK 2026 / the page within the year."""
    address = reverse("filing:pokja_year", args=[pokja.pk, year])
    return [
        (pokja.region.full_name, _dashboard(pokja.region)),
        (f"{pokja.name} {year}", address),
        (name, ""),
    ]


def _dashboard(region) -> str:
    return reverse("dashboard:region", args=[region.code, timezone.localdate().year])


def page_context(request, pokja: Pokja, year: int, **more) -> dict:
    """What all pages of a Pokja and year share."""
    return {
        "pokja": pokja,
        "region": pokja.region,
        "year": year,
        "crumbs": region_crumbs(pokja, current=True),
        "zone": pokja.region.timezone_label,
        "reader": reader_of(request.user, pokja.region),
        **more,
    }


def writable(request, pk: int, year: int) -> Pokja:
    """The Pokja whose year may be filled in: 404 out of scope, 403 for the wrong role."""
    pokja = pokja_in_scope(request.user, pk)
    require(request.user, Act.EDIT, pokja.region)
    check_year(year)
    return pokja


def not_scored(request, pokja: Pokja, year: int):
    """A year in which the Pokja does not exist is not filled in: back to its page."""
    messages.warning(request, f"{pokja.name} tidak dinilai untuk tahun {year}, jadi tidak diisi.")
    return redirect("filing:pokja_year", pokja.pk, year)
