"""The one store of document files, wherever it lies (settings: a folder or S3-compatible)."""

import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def on_disk(file):
    """A path of a stored file's bytes, also where the store is not a folder.

    ``file`` is a FieldFile. Raises FileNotFoundError when the store has lost it. Never write to
    the path: it may be the file itself.
    """
    try:
        path = file.path
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix) as copy:
            with file.storage.open(file.name, "rb") as held:
                for chunk in held.chunks():
                    copy.write(chunk)
            copy.flush()
            yield copy.name
        return
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    yield path
