import datetime
import io
import sys

import pytest
from openpyxl import load_workbook

from checklist.errors import BadInput
from checklist.render import sheets
from checklist.render.sheets import MOST_CHARACTERS, Column, Marked, making

COLUMNS = (Column("Name", 20, "bold"), Column("Value", 10))


def book_of(rows, **options):
    to = io.BytesIO()
    with making(to, "A title") as found:
        sheet = found.add("One", footer="a foot")
        number = sheet.table(COLUMNS, rows, **options)
    return number, load_workbook(to)


def cell_of(value):
    _, book = book_of([("a", value)])
    return book["One"]["B2"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "=cmd|' /C calc'!A0", " =1+1", "＝1"])  # noqa: RUF001
def test_what_looks_like_a_formula_is_text(text):
    cell = cell_of(text)
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix


@pytest.mark.parametrize(
    "text", ["http://example.org", "mailto:a@example.org", "2021-03-01", "007", "TRUE", "{=1}"]
)
def test_text_stays_text_and_is_no_link(text):
    cell = cell_of(text)
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_what_a_program_would_obey_or_hide_is_written_out():
    assert cell_of("a\x1b[31m\nb\u202ec").value == "a<U+001B>[31m b<U+202E>c"
    assert cell_of("_x0041_").value == "_x0041_"


@pytest.mark.parametrize("character", ["a", "\N{HEAVY CHECK MARK}", "\N{GRINNING FACE}"])
def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so(character):
    text = cell_of(character * 40_000).value
    assert text.endswith(" ... (cut)")
    assert MOST_CHARACTERS - 1 <= len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    whole = character * (MOST_CHARACTERS // len(character.encode("utf-16-le")) * 2)
    assert cell_of(whole).value == whole


def test_days_are_days_and_numbers_numbers():
    day = cell_of(datetime.date(2021, 3, 1))
    assert day.is_date
    assert day.value == datetime.datetime(2021, 3, 1)
    assert day.number_format == "d mmm yyyy"
    assert cell_of(1234).value == 1234
    assert cell_of(0.5).data_type == "n"
    assert cell_of(None).value is None


def test_words_can_have_a_colour_of_their_own():
    cell = cell_of(Marked("gap", "gap"))
    assert cell.value == "gap"
    assert cell.fill.fgColor.rgb == "FFF4A6A0"


def test_a_table_can_be_filtered_and_its_head_stays():
    number, book = book_of([("a", 1), ("b", 2)], frozen=1)
    sheet = book["One"]
    assert number == 2
    assert [cell.value for cell in sheet[1]] == ["Name", "Value"]
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)


def test_only_what_has_room_goes_to_paper():
    _, book = book_of([("a", 1)], printed=1)
    assert book["One"].print_area == "'One'!$A$1:$A$2"


def test_a_row_is_as_high_as_its_longest_text_needs():
    _, book = book_of([("a word " * 6, 1), ("short", 2), ("x" * 65, 3), ("a " * 9000, 4)])
    heights = [book["One"].row_dimensions[row].height for row in (2, 3, 4, 5)]
    assert heights == pytest.approx([47, 17, 62, 409], abs=0.5)


def test_an_empty_table_has_its_head():
    number, book = book_of([])
    assert number == 0
    assert [cell.value for cell in book["One"][1]] == ["Name", "Value"]


def test_what_a_sheet_has_no_room_for_is_left_out_and_counted(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    number, book = book_of([(name, 1) for name in "abcd"])
    assert number == 4
    assert [row[0].value for row in book["One"]] == ["Name", "a", "b"]


def test_the_same_cells_are_the_same_bytes():
    def made():
        to = io.BytesIO()
        with making(to, "A title") as found:
            found.add("One", footer="a foot").table(COLUMNS, [("a", 1)])
        return to.getvalue()

    assert made() == made()
    assert load_workbook(io.BytesIO(made())).properties.created == datetime.datetime(2000, 1, 1)


def test_without_its_package_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(BadInput) as caught, making(io.BytesIO(), "A title"):
        pass
    assert str(caught.value) == (
        "workbooks are written by XlsxWriter; install it with: pip install 'checklist[screening]'."
    )
