import json

import pytest

from checklist.cohort import RulesChosen, Task, screen
from checklist.documents import documents
from checklist.render.screen_data import as_json
from checklist.screening import screening_of
from checklist.screening_reader import by_id, is_screening, read_screening
from checklist.source import MOST_BYTES
from tests.conftest import SAMPLE_CASES


@pytest.fixture(scope="module")
def cases(rulebook_of_module):
    task = Task(RulesChosen(), lines=False)
    found = screen(documents([SAMPLE_CASES]), task, rulebook=rulebook_of_module)
    return tuple(each._replace(made_up=False) for each in found)  # which is not written down


@pytest.fixture(scope="module")
def rulebook_of_module():
    from tests.conftest import load_sample

    return load_sample()


def lines_of(rulebook):
    task = Task(RulesChosen(), lines=True)
    return [each.text for each in screen(documents([SAMPLE_CASES]), task, rulebook=rulebook)]


def test_the_lines_of_a_screening_are_read_back_as_they_were(cases, rulebook_of_module, tmp_path):
    file = tmp_path / "screening.jsonl"
    receipt = json.dumps({"receipt": 1, "rulebook": "abc", "cases": 9})
    file.write_text("\n".join([*lines_of(rulebook_of_module), receipt]), encoding="utf-8")
    assert is_screening(file)
    kept = read_screening(file)
    assert (kept.faults, kept.rulebook) == ((), "abc")
    assert kept.cases == cases


def test_the_json_of_a_screening_is_read_back_too(cases, rulebook_of_module, tmp_path):
    file = tmp_path / "screening.json"
    found = screening_of(cases, rulebook_of_module, keep_all=True)
    file.write_text(as_json(found, {"rulebook": "abc"}), encoding="utf-8")
    assert is_screening(file)
    kept = read_screening(file)
    assert (kept.faults, kept.rulebook) == ((), "abc")
    assert sorted(kept.cases, key=lambda each: each.case) == sorted(
        cases, key=lambda each: each.case
    )


def test_a_screening_of_many_cases_is_read_however_much_longer_than_a_case_it_is(
    cases, rulebook_of_module, tmp_path, monkeypatch
):
    many = [
        case._replace(case=f"{case.case}-{number}", sha256=f"{number:064}")
        for number in range(1 + MOST_BYTES // 2_000 // len(cases))
        for case in cases
    ]
    file = tmp_path / "screening.json"
    found = screening_of(many, rulebook_of_module, keep_all=True)
    file.write_text(as_json(found), encoding="utf-8")
    assert file.stat().st_size > MOST_BYTES
    assert is_screening(file)
    kept = read_screening(file)
    assert (len(kept.cases), kept.faults) == (len(many), ())
    monkeypatch.setattr("checklist.screening_reader.MOST_BYTES_OF_A_SCREENING", MOST_BYTES)
    (fault,) = read_screening(file).faults
    assert fault.problem.startswith(f"the file is larger than {MOST_BYTES:,} bytes")


def test_json_that_holds_only_the_first_cases_is_refused(cases, rulebook_of_module, tmp_path):
    file = tmp_path / "screening.json"
    found = screening_of(cases, rulebook_of_module, keep_all=True)
    part = found._replace(cases=found.cases[:2], is_whole=False)
    file.write_text(as_json(part), encoding="utf-8")
    (fault,) = read_screening(file).faults
    assert fault.problem == (
        f"2 of {len(cases)} cases stand here; to compare them all, screen with --format jsonl and "
        "without --suppress-below"
    )


@pytest.mark.parametrize(
    ("change", "field", "what"),
    [
        ({"as_of": "yesterday"}, "as_of", "does not fit"),
        ({"verdicts": {"gap": ["x"]}}, "verdicts.gap", "does not fit"),
        ({"verdicts": {"bad": {}}}, "verdicts.bad.[key]", "does not fit"),
        ({"accepted": None}, "accepted", "does not fit"),
        ({"queries": ...}, "queries", "is missing"),
    ],
)
def test_a_line_that_was_changed_is_refused_with_its_field(
    change, field, what, rulebook_of_module, tmp_path
):
    first, second, *_ = map(json.loads, lines_of(rulebook_of_module))
    changed = {key: value for key, value in {**second, **change}.items() if value is not ...}
    file = tmp_path / "screening.jsonl"
    file.write_text(f"{json.dumps(first)}\n{json.dumps(changed)}\n", encoding="utf-8")
    kept = read_screening(file)
    assert [each.case for each in kept.cases] == [first["case"]]
    assert [each.sentence() for each in kept.faults] == [
        f"{file}, line 2: {field}: this is no screened case, since it {what}; screen the cases "
        "again."
    ]


@pytest.mark.parametrize("text", ["{", '"text"', "[1]"])
def test_a_line_that_is_no_json_object_is_refused(text, rulebook_of_module, tmp_path):
    file = tmp_path / "screening.jsonl"
    file.write_text(f"{lines_of(rulebook_of_module)[0]}\n{text}\n", encoding="utf-8")
    (fault,) = read_screening(file).faults
    assert (fault.line, fault.problem) == (2, "this is no JSON object; screen the cases again")


def test_cases_and_folders_are_no_screening(tmp_path):
    assert not is_screening(SAMPLE_CASES)
    assert not is_screening(SAMPLE_CASES / "early-help-father-not-known.json")
    assert not is_screening(SAMPLE_CASES / "neglect-baby-no-tool.yaml")
    assert not is_screening(tmp_path / "none.jsonl")


def test_the_id_of_another_case_is_refused_and_the_same_case_twice_is_not(cases):
    first, second, *_ = cases
    found, faults = by_id([first, first, second._replace(case=first.case)], "x.jsonl")
    assert found == {first.case: first}
    assert [each.problem for each in faults] == [
        f"there is already a case {first.case} in x.jsonl; this one is left out"
    ]
