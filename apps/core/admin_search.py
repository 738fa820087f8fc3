"""Searching in the administration, and choosing related rows by searching."""

from django.contrib.admin.widgets import AutocompleteSelect

# SQLite refuses a pattern of more than 50,000 bytes; nobody means more than this.
LONGEST = 200
LONGEST_KEY = 18  # digits; more than the databases' whole numbers have


class ShortSearch:
    """Mixin for every admin page with ``search_fields``, before ModelAdmin: the text is cut, in
    lists and in the choice of related rows alike; what is no choice is an error of its field."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term[:LONGEST])

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            using = kwargs.get("using")
            kwargs.setdefault("widget", SearchedSelect(db_field, self.admin_site, using=using))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SearchedSelect(AutocompleteSelect):
    """Shows a form again whatever was sent for it: Django asks the database for rows with these
    keys, which fails for words that are no keys. A plain select shows none of them chosen."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if _may_be_key(each)], attr)


def _may_be_key(value) -> bool:
    text = str(value)
    return text == "" or (text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY)
