from django.db import models


class PokjaKind(models.TextChoices):
    """Types a Pokja may carry (spec section 2); one Pokja can carry several."""

    BANGGA_KENCANA = "bangga_kencana", "Bangga Kencana"
    ADVOKASI = "advokasi", "Advokasi"
    KAMPUNG_KB = "kampung_kb", "Kampung KB"
    GDPK = "gdpk", "GDPK"
    STUNTING = "stunting", "Stunting (TPPS)"
    PJPK = "pjpk", "PJPK"
    LAINNYA = "lainnya", "Lainnya"


class Sector(models.TextChoices):
    """Sectors of members (pentahelix, spec section 9)."""

    GOVERNMENT = "pemerintah", "Pemerintah"
    ACADEMIA = "perguruan_tinggi", "Perguruan tinggi"
    BUSINESS = "dunia_usaha", "Dunia usaha"
    COMMUNITY = "komunitas", "Komunitas"
    MEDIA = "media", "Media"


class RequiredSector(models.TextChoices):
    """What a requirement may ask for: a sector, or any but the government."""

    GOVERNMENT = Sector.GOVERNMENT.value, Sector.GOVERNMENT.label
    OTHERS = "nonpemerintah", "Nonpemerintah"
    ACADEMIA = Sector.ACADEMIA.value, Sector.ACADEMIA.label
    BUSINESS = Sector.BUSINESS.value, Sector.BUSINESS.label
    COMMUNITY = Sector.COMMUNITY.value, Sector.COMMUNITY.label
    MEDIA = Sector.MEDIA.value, Sector.MEDIA.label


class FundSource(models.TextChoices):
    """Where money comes from (the officials' list)."""

    APBN = "apbn", "APBN (DIPA Perwakilan)"
    DAK_BOKB = "dak_bokb", "DAK Nonfisik BOKB"
    DAK_FISIK = "dak_fisik", "DAK Fisik Subbidang KB"
    APBD_PROVINSI = "apbd_provinsi", "APBD Provinsi"
    BANTUAN_PROVINSI = "bantuan_provinsi", "Bantuan Keuangan Provinsi"
    APBD_KABKOTA = "apbd_kabkota", "APBD Kab/Kota"
    ADD = "add", "Alokasi Dana Desa (ADD)"
    DANA_DESA = "dana_desa", "Dana Desa"
    CSR = "csr", "CSR/TJSL"
    HIBAH = "hibah", "Hibah/Donasi"
    SWADAYA = "swadaya", "Swadaya masyarakat"
    LAINNYA = "lainnya", "Lainnya"


APBD_SOURCES = (FundSource.APBD_PROVINSI, FundSource.APBD_KABKOTA)
