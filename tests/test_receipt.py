import datetime
import io
import json

import jsonschema
import pytest

from checklist.cohort import Left, Line, RulesChosen, Unread
from checklist.receipt import (
    FORM,
    Asked,
    Recorder,
    as_json,
    as_json_line,
    asked_of,
    data_of,
    entry_of,
    with_entries,
)
from checklist.receipt_reader import schema
from checklist.screened import Screened, line_of, sha256_of
from checklist.screened import data_of as data_of_case
from tests.conftest import SAMPLE_RULES, load_sample

TODAY = datetime.date(2026, 3, 1)
ASKED = Asked("1.0", "ab", {"weeks": 7}, ("a-rule",), (), None, None, ("screen", "cases/"))


def case(name="one", **changes):
    kept = Screened(
        name,
        f"cases/{name}.yaml",
        None,
        sha256_of(name.encode()),
        datetime.date(2021, 6, 1),
        "north",
        None,
        {"gap": {"a-rule": ["baby", "brother"]}, "met": {"b-rule": [name]}},
        {"a-rule": ["baby"]},
    )
    return kept._replace(**changes)


def receipt_of(*results, asked=ASKED, **options):
    recorder = Recorder(asked, TODAY, **options)
    for result in results:
        recorder.take(result)
    return recorder.receipt()


ONE, TWO = case("one"), case("two", line=3)
RECEIPT = receipt_of(ONE, TWO)


def test_a_case_is_held_by_its_place_and_its_hashes():
    first, second = RECEIPT.entries
    assert (first.case, first.file, first.line) == ("one", "cases/one.yaml", None)
    assert first.sha256 == ONE.sha256
    assert second.line == 3
    assert first.verdicts != second.verdicts
    assert RECEIPT.cases == 2


def test_no_verdict_and_no_subject_is_named():
    written = as_json(RECEIPT)
    for word in ("baby", "gap", "b-rule", "north"):
        assert word not in written


@pytest.mark.parametrize(
    "same",
    [
        {"verdicts": {"met": {"b-rule": ["one"]}, "gap": {"a-rule": ["brother", "baby"]}}},
        {"sha256": "other"},
        {"file": "elsewhere.yaml"},
        {"authority": None},
    ],
)
def test_the_order_of_verdicts_and_what_is_no_verdict_leaves_their_hash(same):
    assert entry_of(data_of_case(case(**same))).verdicts == RECEIPT.entries[0].verdicts


@pytest.mark.parametrize(
    "other",
    [
        {"verdicts": {"due": {"a-rule": ["baby", "brother"]}, "met": {"b-rule": ["one"]}}},
        {"verdicts": {"gap": {"a-rule": ["baby"]}, "met": {"b-rule": ["one"]}}},
        {"accepted": {}},
        {"queries": ("a-query",)},
        {"unchecked": ("a-query",)},
    ],
)
def test_every_verdict_counts_in_their_hash(other):
    assert entry_of(data_of_case(case(**other))).verdicts != RECEIPT.entries[0].verdicts


@pytest.mark.parametrize(
    "other",
    [
        receipt_of(TWO, ONE),
        receipt_of(ONE),
        receipt_of(ONE._replace(file="moved.yaml"), TWO),
        receipt_of(ONE._replace(sha256="other"), TWO),
        receipt_of(ONE._replace(as_of=datetime.date(2021, 6, 2)), TWO),
        receipt_of(ONE._replace(accepted={}), TWO),
        receipt_of(ONE, TWO, Unread("three.yaml", None, ("It is broken.",))),
        receipt_of(ONE, TWO, Left("three", "three.yaml", None, "no", ())),
        *(
            receipt_of(ONE, TWO, asked=ASKED._replace(**changed))
            for changed in (
                {"program": "1.1"}, {"rulebook": "cd"}, {"settings": {}}, {"rules": ()},
                {"themes": ("neglect",)}, {"audit": "A"}, {"as_of": TODAY}, {"command": ()},
            )
        ),
    ],
)  # fmt: skip
def test_all_that_a_receipt_says_counts_in_its_hash(other):
    assert other.sha256 != RECEIPT.sha256


def test_the_same_inputs_give_the_same_receipt():
    assert receipt_of(case("one"), case("two", line=3)) == RECEIPT
    assert RECEIPT.sha256.startswith(RECEIPT.short)


def test_the_day_of_the_screening_is_kept_only_where_a_case_was_judged_as_of_it():
    assert RECEIPT.today is None
    assert receipt_of(ONE, TWO._replace(as_of=TODAY)).today == TODAY
    assert receipt_of(ONE._replace(as_of=TODAY), asked=ASKED._replace(as_of=TODAY)).today is None


def test_cases_left_and_unread_are_counted():
    found = receipt_of(
        ONE,
        Left("two", "two.yaml", None, "not recorded", ("Ask.",)),
        Unread("three.yaml", 3, ("It is broken.",)),
        Unread("three.yaml", 4, ("It is broken.",)),
    )
    assert (found.cases, found.left, found.unread) == (1, 1, 2)


def test_a_line_of_json_is_taken_up_as_its_case_is():
    line = Line(line_of(ONE), True, ONE.case, ONE.file, ONE.line, ONE.sha256)
    assert receipt_of(line, TWO) == RECEIPT


def test_of_a_large_cohort_no_case_is_kept_and_the_hash_is_the_same():
    found = receipt_of(ONE, TWO, keep=1)
    assert found.entries is None
    assert found.sha256 == RECEIPT.sha256
    assert with_entries(found, RECEIPT.entries) == RECEIPT
    assert with_entries(found, RECEIPT.entries[:1]) is None


def test_what_streams_to_a_file_is_the_whole_receipt_however_large():
    to = io.StringIO()
    found = receipt_of(ONE, TWO, keep=1, to=to)
    assert found.entries is None
    assert to.getvalue() == as_json(RECEIPT) + "\n"


@pytest.mark.parametrize("receipt", [RECEIPT, receipt_of(), receipt_of(ONE)._replace(entries=None)])
def test_a_receipt_is_json_of_its_schema_with_a_line_for_each_case(receipt):
    data = json.loads(as_json(receipt))
    assert data == data_of(receipt)
    assert data["receipt"] == FORM
    jsonschema.validate(data, schema())
    lines = as_json(receipt).splitlines()
    assert sum('"case":' in line for line in lines) == len(receipt.entries or ())


def test_a_receipt_on_one_line_leaves_the_cases_to_the_lines_before_it():
    line = as_json_line(RECEIPT)
    assert "\n" not in line
    assert json.loads(line) == {**data_of(RECEIPT), "entries": None}


def test_what_was_asked_names_the_settings_that_differ_and_what_the_rules_say(tmp_path):
    file = tmp_path / "area.yaml"
    file.write_text("significant_age_gap_years: 9\n", encoding="utf-8")
    chosen = RulesChosen((SAMPLE_RULES,), standard=False, ids=("gp-invited", "gp-invited"))
    plain = asked_of(chosen, load_sample(), audit=None, as_of=None, command=["screen", "x"])
    assert (plain.settings, plain.rules, plain.command) == ({}, ("gp-invited",), ("screen", "x"))
    changed = asked_of(
        chosen._replace(settings=file), load_sample(settings=file), audit=None, as_of=None,
        command=[],
    )  # fmt: skip
    assert changed.settings == {"significant_age_gap_years": 9}
    assert changed.rulebook != plain.rulebook
    beside = asked_of(
        chosen._replace(standard=True), load_sample(), audit=None, as_of=None, command=[]
    )
    assert beside.rulebook != plain.rulebook
