import csv
import io

import pytest

from checklist.render.spreadsheet import harmless, write_csv


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-1", "@SUM(A1)", " =1", "\u3000=1", "\uff1d1", "\t=1"]
)
def test_what_would_be_a_formula_becomes_text(text) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("baby", "baby"),
        ("a = b", "a = b"),
        ("", ""),
        ("'quoted'", "'quoted'"),
        ("\tx", "'<U+0009>x"),
        ("\rx", "'<U+000D>x"),
        ("x\x1b[31m\u202e", "x<U+001B>[31m<U+202E>"),
    ],
)
def test_other_text_stays_and_hidden_characters_are_shown(text, cell) -> None:
    assert harmless(text) == cell


def test_rows_are_written_under_their_columns() -> None:
    stream = io.StringIO()
    rows = [
        {"case": "a", "line": 3, "why": 'He said "no", twice'},
        {"case": "=cmd", "line": None, "why": "-"},
    ]
    write_csv(rows, ("case", "line", "why"), stream, is_file=False)
    assert stream.getvalue() == 'case,line,why\na,3,"He said ""no"", twice"\n\'=cmd,,\'-\n'
    assert len(list(csv.DictReader(io.StringIO(stream.getvalue())))) == 2


def test_a_file_says_that_it_is_utf_8_and_a_pipe_does_not() -> None:
    for is_file, begins in ((True, "\ufeffcase\n"), (False, "case\n")):
        stream = io.StringIO()
        write_csv([{"case": "Zoë"}, {"case": "=Zoë"}], ("case",), stream, is_file=is_file)
        assert stream.getvalue() == f"{begins}Zoë\n'=Zoë\n"
