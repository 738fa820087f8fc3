"""Programs in a process of their own: what they say, and what they complain of."""

import pytest

from apps.documents import isolated


def program(folder, text):
    path = folder / "uji.py"
    path.write_text(text)
    return path


def test_a_complaint_goes_into_the_log_and_the_answer_stands(tmp_path, caplog):
    talks = program(tmp_path, "import sys; print('jawab'); sys.stderr.write('sertifikat\\nrusak')")
    assert isolated.run(talks) == b"jawab\n"
    assert caplog.messages == ["uji.py: 'sertifikat\\nrusak'"]


def test_a_quiet_program_leaves_nothing_in_the_log(tmp_path, caplog):
    assert isolated.run(program(tmp_path, "print(1)")) == b"1\n"
    assert not caplog.messages


def test_one_that_dies_has_failed(tmp_path):
    with pytest.raises(isolated.ProgramFailed):
        isolated.run(program(tmp_path, "raise SystemExit(3)"))
