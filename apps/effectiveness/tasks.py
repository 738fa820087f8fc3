"""Work off the request. A lost task costs a minute, until the next ``kabari``; the pages are right
before and after it."""

from django_tasks import task


@task()
def settle_figures() -> None:
    from apps.effectiveness.stored import settle

    settle()
