"""The program that `script/check` reads runs, and does what its types say."""

import importlib.util
from pathlib import Path

from civicsearch import Archive, Document

_SPEC = importlib.util.spec_from_file_location("program", Path(__file__).with_name("program.py"))
program = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(program)


def test_a_user_s_program_runs(tmp_path):
    assert program.keep(tmp_path) == 4
    assert program.ask(tmp_path) == ["cầu", "treo"]


def test_what_a_type_checker_refuses_is_refused():
    document = Document(document_id="1")
    with Archive.in_memory() as archive:
        assert program.slip(archive, document) == 4
