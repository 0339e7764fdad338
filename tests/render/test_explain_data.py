import json

import jsonschema
import pytest

from checklist.case_file import read_cases
from checklist.explanation import Explainer
from checklist.render.explain_data import as_json, data_of, schema
from tests.conftest import DAY, SAMPLE_CASES, case_of

CASES = [read.case for read in read_cases([SAMPLE_CASES])]


def explained(rulebook, name, case):
    day = case.as_of or DAY
    return case.id, day, Explainer(rulebook, name, case, day).explain()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_is_printed_fits_the_published_schema(case, rulebook):
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for name in (each.id for each in (*rulebook.rules, *rulebook.terms)):
        found = explained(rulebook, name, case)
        validator.validate(data_of(*found))
        assert json.loads(as_json(*found)) == data_of(*found)


def test_a_value_carries_its_provenance(rulebook):
    case = case_of(
        """
        next_conference: 2021-07-01
        children: [{id: baby, father: dad}]
        adults:
          - id: dad
            spoken_to: {value: no, agency: gp, where: letter, date: 2021-02-03}
            assessed: {value: yes, agreed: {date: 2021-03-01, role: chair, reason: Both met him.}}
        """
    )
    (found,) = data_of(*explained(rulebook, "father-engaged", case))["explanations"]
    assessed, spoken_to = found["expects"]["parts"]
    assert spoken_to["truth"] == "no"
    assert spoken_to["values"] == [
        {"field": "father.spoken_to", "name": "father: spoken to", "value": "no", "agency": "gp",
         "where": "letter", "date": "2021-02-03", "agreed": None, "worked_out": None}
    ]  # fmt: skip
    assert assessed["values"][0]["agreed"] == "agreed 1 Mar 2021 by the chair: Both met him."
    assert found["deadline"]["last"] == "2021-07-01"
    assert found["deadline"]["days"][0]["value"] == "2021-07-01"
    assert found["would_be_met_by"] == [[{"field": "father.spoken_to", "test": "yes"}]]


def test_json_has_no_control_that_a_screen_would_obey(rulebook):
    hostile = "\x1b[31m \x9b2J \u202e \x07 ok"
    case = case_of("concerns: {value: [neglect], agency: gp, where: here}")
    words = tuple(word._replace(where=hostile) for word in case.concerns)
    case = case.model_copy(update={"concerns": words})
    printed = as_json(*explained(rulebook, "neglect_is_a_feature", case))
    for control in ("\x1b", "\x9b", "\u202e", "\x07"):
        assert control not in printed
    assert "ok" in printed
