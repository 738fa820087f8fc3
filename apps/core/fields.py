"""Money that is exact on both databases.

SQLite adds decimals as floats (wrong by rupiah above 10^12), so amounts are stored as whole
sen in a BIGINT and appear in Python as ``Decimal`` rupiah with two places, sums included.
"""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.core.forms import RupiahFormField

SEN_PER_RUPIAH = 100
MAX_RUPIAH = Decimal("999999999999999.99")


def rupiah_of(sen) -> Decimal:
    """What the database holds as whole sen."""
    return Decimal(sen).scaleb(-2)


class RupiahField(models.BigIntegerField):
    """An amount of rupiah, exact to the sen; range ±999.999.999.999.999,99."""

    description = "Rupiah, tepat sampai sen"

    def from_db_value(self, value, expression, connection):
        return None if value is None else rupiah_of(value)

    def to_python(self, value):
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError("Isi jumlah rupiah dengan angka.") from error

    def get_prep_value(self, value):
        if value is None:
            return None
        sen = self.to_python(value) * SEN_PER_RUPIAH
        if sen != sen.to_integral_value():
            raise ValueError(f"Rupiah paling kecil satu sen: {value}")
        return int(sen)

    def formfield(self, **kwargs):
        """Tolerant input (1.250.000, Rp 1.250.000); the admin's widget arguments are not used."""
        return RupiahFormField(
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )

    @property
    def validators(self):
        # BigIntegerField would compare rupiah with the sen limits of the column.
        return [MinValueValidator(-MAX_RUPIAH), MaxValueValidator(MAX_RUPIAH)]
