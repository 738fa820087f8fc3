"""The frame of an import: what it leaves behind in the process."""

import gc

import pytest

from apps.core import importing
from apps.core.import_parts import Plan


class Failing(Plan):
    def write(self):
        assert not gc.isenabled()
        raise RuntimeError


@pytest.mark.django_db
def test_garbage_is_collected_again_after_a_failed_write():
    with pytest.raises(RuntimeError):
        importing._written(Failing(), lambda traces: None)
    assert gc.isenabled()
