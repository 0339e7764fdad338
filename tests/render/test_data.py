import json

import jsonschema
import pytest

from checklist.case_file import read_cases
from checklist.render.data import as_json, as_json_line, data_of, json_list, schema
from checklist.review import Reviewer
from tests.conftest import DAY, SAMPLE_CASES, case_of


@pytest.fixture(scope="module")
def reviews(rulebook):
    reviewer = Reviewer(rulebook)
    return [
        reviewer.review(read.case, read.case.as_of or DAY) for read in read_cases([SAMPLE_CASES])
    ]


def test_what_is_printed_fits_the_published_schema(reviews):
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    validator.validate([data_of(review) for review in reviews])
    for review in reviews:
        validator.validate(json.loads(as_json(review)))
        validator.validate(json.loads(as_json_line(review)))


def test_a_verdict_has_the_promised_keys(reviews):
    data = data_of(reviews[0])
    assert list(data) == ["case", "as_of", "settings", "summary", "verdicts", "queries"]
    assert data["settings"] == {}
    assert sum(data["summary"].values()) == len(data["verdicts"])
    for verdict in data["verdicts"]:
        assert list(verdict) == [
            "rule", "title", "theme", "priority", "subject", "verdict", "accepted", "deadline",
            "days_left", "because", "missing", "would_be_met_by", "message", "close",
        ]  # fmt: skip
        assert list(verdict["subject"]) == ["kind", "id", "label"]
        for because in verdict["because"]:
            assert list(because) == ["field", "value", "agency", "where"]


def test_what_is_missing_says_where_it_was_looked_for(rule_of):
    looked = '{field: "adults[a].assessed", where: the file, date: 2021-05-22}'
    case = case_of(f"adults: [{{id: a}}, {{id: b}}]\nlooked_for: [{looked}]")
    data = data_of(Reviewer(rule_of("{assessed: yes}", kind="adult")).review(case, DAY))
    jsonschema.Draft202012Validator(schema()).validate(data)
    assert [verdict["missing"][0]["looked_for"] for verdict in data["verdicts"]] == [
        [{"where": "the file", "date": "2021-05-22"}],
        [],
    ]


def test_a_word_that_a_rule_does_not_apply_is_among_the_reasons(rule_of):
    said = "{rule: test-rule, subject: a, reason: r, role: nurse, agency: gp, date: 2021-05-22}"
    case = case_of(f"adults: [{{id: a, assessed: yes}}]\nnot_applicable: [{said}]")
    data = data_of(Reviewer(rule_of("{assessed: yes}", kind="adult")).review(case, DAY))
    jsonschema.Draft202012Validator(schema()).validate(data)
    assert data["verdicts"][0]["because"][-1] == {
        "field": "not_applicable/test-rule",
        "value": "no",
        "agency": "gp",
        "where": "said by the nurse: r",
    }


def test_a_raised_query_stands_beside_the_verdicts_and_counts_among_none(reviews):
    raised = {data["case"]: data["queries"] for data in map(data_of, reviews) if data["queries"]}
    assert list(raised) == ["record-that-does-not-fit-together"]
    (queries,) = raised.values()
    assert [(each["query"], each["subject"]["kind"], each["state"]) for each in queries] == [
        ("appointment-attended-and-missed", "appointment", "raised"),
        ("appointment-attended-and-missed", "appointment", "raised"),
        ("born-and-still-unborn", "child", "raised"),
    ]
    for query in queries:
        assert list(query) == [
            "query", "title", "subject", "state", "because", "message", "check",
        ]  # fmt: skip
        assert query["because"]
        assert "{" not in query["message"] + query["check"]


def test_the_worked_cases_show_every_verdict_between_them(reviews):
    seen = {verdict["verdict"] for review in reviews for verdict in data_of(review)["verdicts"]}
    assert seen == {"met", "gap", "due", "conflicting", "not recorded", "not applicable"}
    accepted = [each for review in reviews for each in review.verdicts if each.accepted]
    lapsed = [each for review in reviews for each in review.verdicts if each.lapsed]
    assert accepted
    assert lapsed


def test_a_reason_is_named_once(reviews):
    for review in reviews:
        for verdict in data_of(review)["verdicts"]:
            named = [json.dumps(because, sort_keys=True) for because in verdict["because"]]
            assert len(set(named)) == len(named)


def test_one_review_is_an_object_and_any_other_number_a_list(reviews):
    assert json.loads("\n".join(json_list(iter([])))) == []
    assert json.loads("\n".join(json_list(map(as_json, reviews[:1])))) == data_of(reviews[0])
    for number in (2, 3, len(reviews)):
        printed = json.loads("\n".join(json_list(map(as_json, reviews[:number]))))
        assert printed == [data_of(review) for review in reviews[:number]]


def test_json_has_no_control_that_a_screen_would_obey(rulebook):
    hostile = "\x1b[31m \x9b2J \u202e \x07 ok"
    case = case_of("concerns: {value: [neglect], agency: gp, where: here}\ntools: []")
    words = tuple(word._replace(where=hostile) for word in case.concerns)
    case = case.model_copy(update={"concerns": words})
    review = Reviewer(rulebook).review(case, DAY)
    for printed in (as_json(review), as_json_line(review)):
        for control in ("\x1b", "\x9b", "\u202e", "\x07"):
            assert control not in printed
        places = [
            because["where"]
            for verdict in json.loads(printed)["verdicts"]
            for because in verdict["because"]
        ]
        assert hostile in places


def test_an_agreed_value_carries_its_agreement(rulebook):
    case = case_of(
        """
        tools: []
        concerns:
          - {value: [neglect], agency: gp}
          - value: [housing]
            agreed: {date: 2021-03-01, role: conference chair, reason: The home was seen.}
        plans: []
        """
    )
    review = Reviewer(rulebook).review(case, DAY)
    (verdict,) = [each for each in data_of(review)["verdicts"] if each["rule"] == "gcp2-considered"]
    assert verdict["verdict"] == "not applicable"
    where = next(each["where"] for each in verdict["because"] if each["field"] == "concerns")
    assert where == "agreed 1 Mar 2021 by the conference chair: The home was seen."
