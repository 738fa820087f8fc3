"""Searching in the administration."""

# SQLite refuses a pattern of more than 50,000 bytes; nobody means more than this.
LONGEST = 200


class ShortSearch:
    """Mixin for every admin page with ``search_fields``, before ModelAdmin: the text is cut, in
    lists and in the choice of related rows alike."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term[:LONGEST])
