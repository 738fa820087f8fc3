"""How a model says where its rows belong; who may see them is answered by the user's scope.

``core`` knows neither regions nor people. A scoped model names the ORM path to its region once
(``region_path``) and, where observers may see verified rows only, the path to its status
(``status_path``). Every list, form choice, export and page starts at
``Model.objects.for_user(user)``; the rule itself stands in ``apps.accounts.scope``.
"""

from django.db import models


class ScopedQuerySet(models.QuerySet):
    def for_user(self, user) -> "ScopedQuerySet":
        """Rows this user may see; none for somebody who is not signed in."""
        scope = getattr(user, "scope", None)
        if scope is None:
            return self.none()
        return self.filter(scope.rows(self.model))


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
