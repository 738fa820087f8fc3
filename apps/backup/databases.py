"""Which of the two a connection is."""

from importlib import import_module

from apps.backup.trouble import BackupTrouble

KINDS = {"sqlite": "apps.backup.sqlite", "postgresql": "apps.backup.postgresql"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def kind_of(connection):
    """The module with snapshot, restore, is_empty, ... for this database. Each is loaded only
    where it is used: SQLite works without PostgreSQL's package."""
    if connection.vendor not in KINDS:
        raise BackupTrouble(f"Basis data {connection.vendor} tidak dikenal.")
    return import_module(KINDS[connection.vendor])
