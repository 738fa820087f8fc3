"""Papers as PDF, set by typst: no fonts of the machine, no other program, nothing fetched.

A template is a ``.typ`` file under ``templates/``; what it says goes in as JSON, never as typst
text, so that nobody's words can become code.
"""

import json
from pathlib import Path

import typst
from django.conf import settings


def pdf(template: str, data: dict) -> bytes:
    """The PDF of ``templates/<template>``; in it ``#let data = json(bytes(sys.inputs.data))``.

    Deterministic for the same data. Raises typst.TypstError for a faulty template.
    """
    root = Path(settings.BASE_DIR) / "templates"
    return typst.compile(
        str(root / template),
        root=str(root),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
