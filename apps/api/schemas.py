"""Answers as the document describes them, made from the fields."""

from ninja import Schema
from pydantic import ConfigDict, create_model
from pydantic import Field as Described

from apps.api.fields import Field


class Galat(Schema):
    """Apa yang keliru, sebagai satu kalimat."""

    model_config = ConfigDict(extra="forbid")
    galat: str = Described(
        description="kalimat untuk manusia", examples=["Token ini tidak dikenal."]
    )


class Envelope(Schema):
    model_config = ConfigDict(extra="forbid")
    jumlah: int = Described(description="banyaknya baris di semua halaman", examples=[137])
    halaman: int = Described(description="halaman ini, mulai dari 1", examples=[1])
    ukuran: int = Described(description="banyaknya baris tiap halaman", examples=[100])
    berikut: str | None = Described(
        description="alamat halaman berikutnya; null: ini yang terakhir"
    )
    sebelum: str | None = Described(description="alamat halaman sebelumnya; null: ini yang pertama")


def answer_of(name: str, fields: tuple[Field, ...], **more) -> type[Schema]:
    """The envelope with rows of these fields: ``name`` "Sk" makes SkBaris and SkHalaman."""
    row = create_model(
        f"{name}Baris",
        __base__=Schema,
        __doc__="Satu baris.",
        **{each.name: (_type(each), _described(each)) for each in fields},
    )
    row.model_config["extra"] = "forbid"
    row.model_rebuild(force=True)
    return create_model(
        f"{name}Halaman",
        __base__=Envelope,
        __doc__="Satu halaman dari daftar.",
        hasil=(list[row], Described(description="baris halaman ini")),
        **more,
    )


def _type(field: Field):
    kind = int | float if field.kind is float else field.kind
    return kind | None if field.may_be_empty else kind


def _described(field: Field):
    return Described(description=field.words, examples=[field.example])
