"""A page costs the same however long the list is."""

from tests import makers
from tests.api.conftest import ask, rows_of

# Token and posts 2; count and rows 2; the rest of a list is written beside it.
QUERIES = {
    "penilaian": 21,
    "wilayah": 4,
    "pokja": 5,  # and kinds
    "sk": 4,
    "rencana-kerja": 5,  # and the catalogue
    "indikator": 5,  # and the catalogue
    "anggaran": 4,
}


def test_every_list(country, token_of, cast, django_assert_num_queries):
    secret = token_of(cast["verifikator_sulsel"])
    ask("wilayah/", secret)  # its first use is noted
    few = {name: _length(name, secret, django_assert_num_queries) for name in QUERIES}
    more(country, cast)
    many = {name: _length(name, secret, django_assert_num_queries) for name in QUERIES}
    grown = {name for name in QUERIES if many[name] >= few[name] + 12}
    assert grown == {"penilaian", "pokja", "sk", "rencana-kerja", "anggaran"}


def _length(name, secret, django_assert_num_queries) -> int:
    with django_assert_num_queries(QUERIES[name]):
        answer = ask(f"{name}/", secret)
    return len(rows_of(answer))


def more(country, cast):
    for number in range(12):
        pokja = makers.make_pokja(country.bone.region, f"b-{number}", kinds=("gdpk", "stunting"))
        makers.make_plan(pokja, cast["operator_bone"])
        makers.make_decree(pokja, cast["operator_bone"], number=f"SK/{number}")
        makers.make_budget(pokja, cast["operator_bone"])
