"""Members of the sample Pokja: seats by SK, some with names; one roster that changed with its SK.

Every name carries the word "Contoh": nobody is meant.
"""

import random
from dataclasses import dataclass
from datetime import timedelta

from apps.decrees.models import DecreeCoverage
from apps.pokja.models import RosterRequirement, Seat, SeatHolder
from apps.verification.enums import Status

SEED = 2027
CHANGED = "7301-ADV"  # its SK was extended: the roster of both can be compared
LARGE = "7371-BK"  # with bidang, all five sectors, and a post that changed hands

# position, home post, institution, sector
USUAL = (
    ("Ketua", "Sekretaris Daerah", "Sekretariat Daerah", "pemerintah"),
    ("Sekretaris", "Kepala OPD KB", "OPD KB", "pemerintah"),
    ("Anggota", "Kepala Bappeda", "Bappeda", "pemerintah"),
    ("Anggota", "Kepala Dinas Kesehatan", "Dinas Kesehatan", "pemerintah"),
    ("Anggota", "Ketua TP PKK", "TP PKK", "komunitas"),
    ("Anggota", "Ketua LPPM", "Perguruan tinggi setempat", "perguruan_tinggi"),
)
# The same with the bidang in front; 18 seats in four groups.
SECTIONS = (
    ("", "Pengarah", "Wali Kota", "Pemerintah Kota", "pemerintah"),
    ("", "Penanggung jawab", "Sekretaris Daerah", "Sekretariat Daerah", "pemerintah"),
    ("", "Ketua", "Kepala Dinas", "Dinas PPKB", "pemerintah"),
    ("", "Wakil ketua", "Kepala Bappeda", "Bappeda", "pemerintah"),
    ("", "Sekretaris", "Sekretaris Dinas", "Dinas PPKB", "pemerintah"),
    ("Bidang Data", "Koordinator", "Kepala Bidang", "Dinas Kependudukan", "pemerintah"),
    ("Bidang Data", "Anggota", "Kepala BPS", "Badan Pusat Statistik", "pemerintah"),
    ("Bidang Data", "Anggota", "Ketua Prodi", "Universitas Contoh", "perguruan_tinggi"),
    ("Bidang Advokasi", "Koordinator", "Kepala Bidang", "Dinas PPKB", "pemerintah"),
    ("Bidang Advokasi", "Anggota", "Kepala Dinas", "Dinas Kominfo", "pemerintah"),
    ("Bidang Advokasi", "Anggota", "Pemimpin redaksi", "Harian Contoh", "media"),
    ("Bidang Advokasi", "Anggota", "Ketua", "Forum Genre", "komunitas"),
    ("Bidang Pelayanan", "Koordinator", "Kepala Dinas", "Dinas Kesehatan", "pemerintah"),
    ("Bidang Pelayanan", "Anggota", "Ketua", "Ikatan Bidan (contoh)", "komunitas"),
    ("Bidang Pelayanan", "Anggota", "Direktur", "RS Contoh Sejahtera", "dunia_usaha"),
    ("Bidang Kemitraan", "Koordinator", "Ketua TP PKK", "TP PKK", "komunitas"),
    ("Bidang Kemitraan", "Anggota", "Manajer CSR", "PT Contoh Makmur", "dunia_usaha"),
    ("Bidang Kemitraan", "Anggota", "Kepala Kantor", "Kementerian Agama", "pemerintah"),
)
NAMES = ("Andi", "Siti", "Rahmat", "Nur", "Hasan", "Dewi", "Yusuf", "Ratna", "Ilham", "Maria")


@dataclass
class Given:
    """What a sample SK gives: its evidence and its first day."""

    evidence: object
    starts_on: object


def seat_members(builder, counts: dict) -> None:
    """Seats for every sample Pokja; ``counts`` says how many of the usual ones. The evidence of
    the builder is stored already."""
    rng = random.Random(SEED)  # noqa: S311 - sample
    decrees = _decrees(builder)
    seats, holders = [], []
    for pokja, count in counts.items():
        given = decrees.get(pokja.code, [])
        if pokja.code == CHANGED and len(given) > 1:
            _changed(pokja, given, seats, holders)
        elif pokja.code == LARGE:
            _large(pokja, given, seats, holders)
        else:
            _usual(pokja, count, given, seats, holders, rng)
    for later in (False, True):  # a seat that follows another needs the other's id
        part = [seat for seat in seats if bool(seat.previous) is later]
        Seat.objects.bulk_create(part, batch_size=500)
    SeatHolder.objects.bulk_create(holders, batch_size=500)
    RosterRequirement.objects.get_or_create(
        code="contoh-bappeda",
        defaults={
            "label": "Bappeda (data contoh)",
            "institution": "Bappeda; Bappelitbangda; Bapperida",
            "advice": "Masukkan Bappeda pada SK berikutnya",
            "order": 9,
        },
    )


def _decrees(builder) -> dict[str, list[Given]]:
    """Verified SK that establish or change a Pokja, by its code, oldest first."""
    found: dict[str, list[Given]] = {}
    for row in builder.rows[DecreeCoverage]:
        evidence = row.decree.evidence
        if row.role != "revoke" and evidence.status == Status.VERIFIED:
            given = Given(evidence, row.decree.valid_from)
            found.setdefault(row.pokja.code, []).append(given)
    for rows in found.values():
        rows.sort(key=lambda item: item.starts_on)
    return found


def _usual(pokja, count, given, seats, holders, rng) -> None:
    first = given[0] if given else Given(None, pokja.formed_on)
    for place, (position, home_post, institution, sector) in enumerate(USUAL[:count]):
        seat = Seat(
            pokja=pokja,
            decree=first.evidence,
            position=position,
            home_post=home_post,
            institution=institution,
            sector=sector,
            started_on=pokja.formed_on,
        )
        seats.append(seat)
        if place < 2 or rng.random() < 0.6:
            holders.append(_holder(seat, rng.randrange(len(NAMES)), pokja.formed_on))


def _holder(seat, number, start, end=None) -> SeatHolder:
    name = f"{NAMES[number % len(NAMES)]} Contoh"
    return SeatHolder(seat=seat, name=name, started_on=start, ended_on=end)


def _large(pokja, given, seats, holders) -> None:
    start = pokja.formed_on
    moved = start.replace(year=start.year + 2)
    for number, (group, position, home_post, institution, sector) in enumerate(SECTIONS):
        seat = Seat(
            pokja=pokja,
            decree=given[0].evidence if given else None,
            group=group,
            position=position,
            home_post=home_post,
            institution=institution,
            sector=sector,
            started_on=start,
        )
        seats.append(seat)
        if position == "Ketua":
            holders.append(_holder(seat, 8, start, moved - timedelta(days=1)))
            holders.append(_holder(seat, 9, moved))
        elif number % 5 != 4:  # some posts are given without a name, as in most SK
            holders.append(_holder(seat, number, start))


def _changed(pokja, given, seats, holders) -> None:
    """Five seats under the first SK; under the next one is gone, one new, one given to another."""
    first, second = given[0], given[1]
    last_day = second.starts_on - timedelta(days=1)
    for number, row in enumerate(USUAL):
        old = _seat(pokja, first, row, ended_on=last_day) if number != 5 else None
        new = _seat(pokja, second, row, previous=old) if number != 3 else None
        for seat in filter(None, (old, new)):
            seats.append(seat)
            other = 4 if seat is new and number == 1 else 0
            holders.append(_holder(seat, number + other, seat.started_on, seat.ended_on))


def _seat(pokja, given, row, **more) -> Seat:
    position, home_post, institution, sector = row
    return Seat(
        pokja=pokja,
        decree=given.evidence,
        position=position,
        home_post=home_post,
        institution=institution,
        sector=sector,
        started_on=given.starts_on,
        **more,
    )
