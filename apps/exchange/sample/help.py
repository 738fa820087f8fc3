"""Whom people ask for help, by province; numbers that cannot be real."""

from apps.regions.models import Region

CONTACTS = {
    "73": ("Perwakilan BKKBN Provinsi Sulawesi Selatan", "(0411) 000000", "bantuan@contoh.go.id"),
}


def add_help_contacts():
    for code, (name, phone, email) in CONTACTS.items():
        Region.objects.filter(code=code).update(help_name=name, help_phone=phone, help_email=email)
