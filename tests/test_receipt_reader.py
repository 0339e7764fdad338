import gzip
import json

import pytest

from checklist.errors import BadInput
from checklist.receipt import as_json, as_json_line, data_of
from checklist.receipt_reader import read_receipt
from checklist.screened import data_of as data_of_case
from checklist.screened import line_of
from tests.test_receipt import ONE, RECEIPT, TWO, receipt_of

CHANGED = (
    "this receipt was changed since it was made: its hash does not fit what it says; use the one "
    "that was kept."
)
NONE = (
    "there is no receipt in this file; name one that `checklist screen --receipt` wrote, or the "
    "JSON, JSON Lines or workbook of a screening."
)
LINES = "".join(f"{line_of(case)}\n" for case in (ONE, TWO))


@pytest.fixture
def written(tmp_path):
    def write(content, name="receipt.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path):
    with pytest.raises(BadInput) as caught:
        read_receipt(path)
    (fault,) = caught.value.faults
    return fault.sentence().removeprefix(f"{path}: ")


@pytest.mark.parametrize("receipt", [RECEIPT, RECEIPT._replace(entries=None), receipt_of()])
def test_a_receipt_is_read_as_it_was_written(written, receipt):
    kept = read_receipt(written(as_json(receipt)))
    assert kept == (receipt, {})


def test_a_screening_as_json_has_its_receipt_and_the_verdicts_beside_it(written):
    whole = {"cases": [data_of_case(ONE), data_of_case(TWO)], "receipt": data_of(RECEIPT)}
    kept = read_receipt(written(json.dumps(whole)))
    assert kept.receipt == RECEIPT
    assert kept.said["one"] == ONE.verdicts
    changed = json.dumps(whole).replace('"baby"', '"sister"')
    assert refusal(written(changed)) == CHANGED


@pytest.mark.parametrize("name", ["cases.jsonl", "cases.jsonl.gz"])
def test_the_lines_of_a_screening_are_the_cases_of_its_receipt(written, name):
    content = f"{LINES}{as_json_line(RECEIPT)}\n".encode()
    kept = read_receipt(written(gzip.compress(content) if "gz" in name else content, name))
    assert kept.receipt == RECEIPT
    assert kept.said == {"one": ONE.verdicts, "two": TWO.verdicts}


@pytest.mark.parametrize(
    "content",
    [
        LINES.replace('"baby"', '"sister"') + as_json_line(RECEIPT),
        LINES.splitlines()[0] + "\n" + as_json_line(RECEIPT),
        as_json(RECEIPT).replace('"1.0"', '"1.1"'),
        as_json(RECEIPT).replace("cases/one", "cases/two"),
        as_json(RECEIPT).replace(RECEIPT.entries[0].verdicts, "0" * 64),
        as_json(RECEIPT).replace('"cases": 2', '"cases": "2"'),
        as_json(RECEIPT).replace('"as_of": null', '"as_of": "yesterday"'),
        as_json(RECEIPT).replace('"unread": 0', '"unread": 0, "more": 1'),
        as_json(RECEIPT).replace("cases/one", "\\ud800"),
        json.dumps({"receipt": 1}),
    ],
)
def test_a_receipt_that_somebody_changed_is_refused(written, content):
    assert refusal(written(content)) == CHANGED


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", "id: one\n", '{"receipt": ', b"\xff\xfe", "[" * 100_000]
)
def test_what_is_no_receipt_is_told(written, content):
    assert refusal(written(content)) == NONE


@pytest.mark.parametrize("name", ["receipt.xlsx", "receipt.gz"])
def test_what_is_no_file_of_its_kind_is_told(written, name):
    assert refusal(written("no such thing", name)) == NONE


def test_a_workbook_without_a_receipt_is_told(tmp_path):
    from openpyxl import Workbook

    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    assert refusal(path) == NONE


def test_a_screening_that_was_cut_short_is_told(written):
    assert refusal(written(LINES)) == (
        "there is no receipt at the end of this screening: it was cut short; make it again."
    )


def test_a_receipt_of_a_later_form_is_told(written):
    assert refusal(written(json.dumps({"receipt": 2}))) == (
        "this receipt is of form 2, and this program reads up to 1; use the version that made it."
    )


def test_a_missing_file_is_told(tmp_path):
    assert "there is no such file" in refusal(tmp_path / "nowhere.json")


def test_what_is_far_too_long_is_not_read_to_its_end(written, monkeypatch):
    text = as_json(RECEIPT)
    for most, fits in ((len(text), True), (len(text) - 1, False)):
        monkeypatch.setattr("checklist.receipt_reader.MOST_BYTES_OF_A_SCREENING", most)
        if fits:
            assert read_receipt(written(text)).receipt == RECEIPT
        else:
            assert refusal(written(text)).startswith(f"this is longer than {most:,} characters")
