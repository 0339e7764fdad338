import datetime
import io
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from checklist.cohort import RulesChosen, Task, screen
from checklist.documents import documents
from checklist.receipt import Recorder, asked_of
from checklist.receipt_reader import read_receipt
from checklist.render import sheets, workbook
from checklist.render.workbook import write_workbook
from checklist.screening import CohortTally
from checklist.small_cells import without_small
from tests.conftest import DAY, SAMPLE_CASES, SAMPLE_RULES, load_sample

HOSTILE = """\
id: hostile
as_of: 2021-06-01
authority: "=HYPERLINK(\\"http://example.org\\",\\"a\\")"
children: [{id: baby, born: 2021-01-01, father: father}]
adults:
  - id: father
    assessed:
      - {value: no, agency: gp, where: "=1+1"}
      - {value: yes, agency: police, where: "+cmd|' /C calc'!A0"}
"""
SHEETS = [
    "Overview", "Cases", "Matrix", "Themes", "Open points", "Questions", "Records to check",
    "How it was made", "Receipt",
]  # fmt: skip
SOFFICE = shutil.which("soffice")

# openpyxl says that it does not know the bars of the themes
pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported")


def screened(*paths, **options):
    loaded = load_sample()
    chosen = RulesChosen((SAMPLE_RULES,), standard=False)
    asked = asked_of(chosen, loaded, audit=None, as_of=DAY, command=["screen", "the cases"])
    recorder, tally = Recorder(asked, DAY), CohortTally(loaded, **options)
    for result in screen(documents(paths), Task(chosen, DAY, findings=True), rulebook=loaded):
        recorder.take(result)
        tally.add(result)
    return tally.screening(), recorder.receipt()


def bytes_of(screening, receipt):
    to = io.BytesIO()
    write_workbook(screening, to, receipt)
    return to.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    hostile = tmp_path_factory.mktemp("cases") / "hostile.yaml"
    hostile.write_text(HOSTILE, encoding="utf-8")
    return screened(SAMPLE_CASES, hostile)


@pytest.fixture(scope="module")
def content(made):
    return bytes_of(*made)


@pytest.fixture(scope="module")
def book(content):
    return load_workbook(io.BytesIO(content))


def rows(sheet, head=1):
    names = [cell.value for cell in sheet[head]]
    return [
        dict(zip(names, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=head + 1)
    ]


def overview(book):
    return " ".join(str(cell.value) for row in book["Overview"] for cell in row if cell.value)


def test_there_is_a_sheet_for_each_question_and_the_first_says_what_they_are(book):
    assert book.sheetnames == SHEETS
    text = overview(book)
    for name in SHEETS[1:]:
        assert name in text
    assert "10 cases held against" in text
    assert "Numbers of 1 to 4 can point at a family." in text


def test_no_cell_is_a_formula_or_a_link_whatever_a_record_says(book):
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    texts = [cell for cell in cells if cell.data_type == "s" and cell.value.startswith(("=", "+"))]
    assert texts
    assert all(cell.quotePrefix for cell in texts)


def test_cases_stand_in_order_of_concern_with_their_reasons(made, book):
    screening, _ = made
    found = rows(book["Cases"])
    assert [row["Case"] for row in found] == [case.case for case in screening.cases]
    assert [row["Order"] for row in found] == [*range(1, 11)]
    for row, case in zip(found, screening.cases, strict=True):
        assert row["Why it stands here"].casefold() == case.reasons.words.casefold()
        assert row["Immediate gaps"] == case.reasons.immediate
        assert row["Not recorded"] == case.reasons.not_recorded
        assert row["As of"] == datetime.datetime(2021, 6, 1)
        assert row["File"] == case.kept.file


def test_the_matrix_says_in_words_and_colour_what_each_rule_says_of_each_case(made, book):
    screening, _ = made
    sheet = book["Matrix"]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref.startswith("A2:")
    titles = [cell.value.removesuffix(" (immediate)") for cell in sheet[2][2:]]
    assert titles == [each.rule.title for each in screening.themes]
    assert {cell.value for cell in sheet[1] if cell.value} == {
        each.theme for each in screening.themes
    }
    for row, case in enumerate(screening.cases, 3):
        cells = sheet[row]
        assert cells[1].value == case.case
        for cell, each in zip(cells[2:], screening.themes, strict=True):
            mark = case.marks.get(each.rule.id, "not applicable")
            assert cell.value == ("n/a" if mark == "not applicable" else mark)
    colours = {
        cell.value: cell.fill.fgColor.rgb for row in sheet.iter_rows(min_row=3) for cell in row[2:]
    }
    assert len(set(colours.values())) == len(colours)


def test_themes_have_n_counts_shares_with_intervals_and_bars(made, book):
    screening, _ = made
    found = {row["Rule's id"]: row for row in rows(book["Themes"])}
    assert len(found) == len(screening.themes)
    for each in screening.themes:
        row = found[each.rule.id]
        assert (row["n"], row["Gaps"]) == (each.n, each.gaps)
        assert row["Met"] == each.counts["met"]
        if each.share is not None:
            assert row["Share of gaps"] == pytest.approx(each.gaps / each.n)
            assert row["95% from"] == pytest.approx(each.share.low)
            assert row["95% to"] == pytest.approx(each.share.high)
    ((where, (bar,)),) = book["Themes"].conditional_formatting._cf_rules.items()
    assert str(where.sqref) == f"F2:F{len(found) + 1}"
    assert bar.type == "dataBar"


def test_what_is_open_stands_one_a_row_ready_to_filter(made, book):
    screening, _ = made
    sheet = book["Open points"]
    found = rows(sheet)
    assert len(found) == sum(len(case.kept.findings) for case in screening.cases)
    assert sheet.auto_filter.ref == f"A1:M{len(found) + 1}"
    (row,) = [row for row in found if row["Case"] == "hostile" and row["Rule"] == "father-engaged"]
    assert row["Authority"].startswith("=HYPERLINK")
    assert row["About"] == "baby"
    assert row["Who says what"] == "father: assessed: no (GP) but yes (police)"
    days = [row["Close by"] for row in found if row["Close by"]]
    assert days
    assert all(isinstance(day, datetime.datetime) for day in days)


def test_the_most_urgent_of_a_case_stands_first(made, book):
    order = ["immediate", "before-conference", "routine"]
    places = {}
    for row in rows(book["Open points"]):
        places.setdefault(row["Case"], []).append(order.index(row["Priority"]))
    assert places
    assert all(each == sorted(each) for each in places.values())


def test_each_question_stands_once_with_the_cases_and_rules_that_wait(made, book):
    screening, _ = made
    found = rows(book["Questions"])
    asked = {
        question
        for case in screening.cases
        for each in case.kept.findings
        for question in each.questions
    }
    assert len(found) == len(asked)
    assert any(row["Number of cases"] > 1 for row in found)
    assert any("; " in row["Rules that wait"] for row in found)
    for row in found:
        assert row["Number of cases"] == len(row["Cases"].split(", "))


def test_what_to_check_in_a_record_is_told_apart_from_practice(book):
    found = rows(book["Records to check"])
    assert found
    assert all("record-that-does-not-fit-together" in row["Which cases"] for row in found)


def test_how_it_was_made_is_told_and_its_receipt_can_be_read_back(made, content, book, tmp_path):
    _, receipt = made
    told = {row[0].value: row[1].value for row in book["How it was made"] if row[0].value}
    assert told["Command"] == "checklist screen 'the cases'"
    assert told["Receipt (SHA-256)"] == receipt.sha256
    assert told["Rulebook (SHA-256)"] == receipt.asked.rulebook
    assert told["Judged as of"] == datetime.datetime(2021, 6, 1)
    assert told["Cases screened"] == 10
    file = tmp_path / "book.xlsx"
    file.write_bytes(content)
    assert read_receipt(file).receipt == receipt


def test_a_receipt_longer_than_a_cell_is_read_back(made, tmp_path):
    screening, receipt = made
    asked = receipt.asked._replace(command=("screen", "x" * 100_000))
    file = tmp_path / "book.xlsx"
    file.write_bytes(bytes_of(screening, receipt._replace(asked=asked)))
    assert read_receipt(file).receipt.asked == asked


def test_the_same_screening_is_the_same_bytes(made, content):
    assert bytes_of(*made) == content


def test_with_small_numbers_left_out_no_case_is_named(made, tmp_path):
    screening, receipt = made
    small = without_small(screening, 5)
    book = load_workbook(io.BytesIO(bytes_of(small, receipt)))
    assert book.sheetnames == [
        "Overview", "Themes", "Records to check", "How it was made",
    ]  # fmt: skip
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert receipt.sha256 in texts
    assert "Command" not in texts
    for case in screening.cases:
        assert not any(case.case in text for text in texts)
    assert "*" in texts


def test_of_a_large_cohort_it_is_said_which_cases_are_listed(monkeypatch):
    monkeypatch.setattr("checklist.screening.MOST_KEPT", 2)
    book = load_workbook(io.BytesIO(bytes_of(*screened(SAMPLE_CASES, top=2))))
    said = (
        f"Of {len([*SAMPLE_CASES.iterdir()])} cases only the 2 that stand first are listed: a "
        "screening of more than 2,000 keeps no more than --top asks for."
    )
    assert said in overview(book)
    for name in ("Cases", "Open points", "Questions"):
        assert [row[0].value for row in book[name]].count(said) == 1
    assert [row[1].value for row in book["How it was made"] if row[0].value == "Cases listed"] == [
        said
    ]
    whole = load_workbook(io.BytesIO(bytes_of(*screened(SAMPLE_CASES, keep_all=True))))
    assert "only the" not in overview(whole)


def test_that_a_sheet_has_no_room_for_more_rows_is_said(made, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 40)
    monkeypatch.setattr(workbook, "MOST_ROWS", 40)
    book = load_workbook(io.BytesIO(bytes_of(*made)))
    number = sum(len(case.kept.findings) for case in made[0].cases)
    assert (
        f"A sheet holds 40 rows and no more. Open points would have {number + 1}, so the last "
        "ones are left out here; --format jsonl has every case."
    ) in overview(book)
    assert book["Open points"].max_row == 40


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed here")
@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("csv", b"Screening of case")])
def test_libreoffice_opens_it(content, tmp_path, form, begins):
    (tmp_path / "book.xlsx").write_bytes(content)
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", form, "--outdir", tmp_path, tmp_path / "book.xlsx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    assert (tmp_path / f"book.{form}").read_bytes().startswith(begins)
