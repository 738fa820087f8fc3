"""The scenes of the dashboards (fixtures by name), and papers as text."""

import re

import pypdfium2
import pytest

from tests.dashboard.conftest import give, make_pokja, rubric, scene

__all__ = ["give", "make_pokja", "paper", "rubric", "scene"]


@pytest.fixture
def paper(client_of):
    """paper(user, "73.71/2026/rapor.pdf"): the pages of a PDF as texts."""

    def read(user, path):
        answer = client_of(user).get(f"/rapor/{path}")
        assert answer.status_code == 200, answer.status_code
        assert answer["Content-Type"] == "application/pdf"
        pages = pypdfium2.PdfDocument(answer.content)
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pages]

    return read
