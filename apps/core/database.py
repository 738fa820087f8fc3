"""What the databases do differently and the rest of the portal should not need to know."""

from django.db import connection


def refresh_statistics() -> None:
    """Tell PostgreSQL's planner how large the tables are now.

    It learns that by itself within a minute or so; right after thousands of new rows it still
    plans for empty tables and takes seconds for what costs milliseconds. SQLite plans without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
