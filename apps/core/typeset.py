"""Papers as PDF, set by typst: no fonts of the machine, no other program, nothing fetched.

A template is a ``.typ`` file under ``templates/``; what it says goes in as JSON, never as typst
text, so that nobody's words can become code.
"""

import io
import json
from datetime import datetime
from pathlib import Path

import pikepdf
import typst
from django.conf import settings


def pdf(template: str, data: dict, made_at: datetime | None = None) -> bytes:
    """The PDF of ``templates/<template>``; in it ``#let data = json(bytes(sys.inputs.data))``.

    The file carries the second of ``made_at`` (aware; now without it): with it the same data make
    the same bytes. Raises typst.TypstError for a faulty template.
    """
    root = Path(settings.BASE_DIR) / "templates"
    return typst.compile(
        str(root / template),
        root=str(root),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=int(made_at.timestamp()) if made_at else None,
    )


def compact(content: bytes) -> bytes:
    """The same PDF at a third of its size, for papers of many pages; the same bytes each time."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as found:
        found.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue()
