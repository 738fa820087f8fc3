"""Django's PostgreSQL with connections that give up (ENGINE "apps.core.postgresql")."""

from django.db.backends.postgresql import base

from apps.core.postgresql.patience import PatientConnection, PatientCursor


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        patient = {"connection_factory": PatientConnection, "cursor_factory": PatientCursor}
        return super().get_connection_params() | patient
