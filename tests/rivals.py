"""Many people at the same moment: real threads, each with its own database connection."""

from collections import Counter
from threading import Barrier, Thread

from django.db import connection


def at_once(*tasks):
    """Run callables at the same moment; their results, an exception standing for its raiser."""
    results = [None] * len(tasks)
    start = Barrier(len(tasks))

    def run(at, task):
        try:
            connection.ensure_connection()  # connecting takes longer than what is raced for
            start.wait(timeout=60)
            results[at] = task()
        except Exception as error:
            results[at] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def outcomes(results) -> Counter:
    """How often each kind of result came: the class name of exceptions, "ok" otherwise."""
    return Counter(type(item).__name__ if isinstance(item, Exception) else "ok" for item in results)
