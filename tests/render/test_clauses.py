import io
import json

from checklist.clauses import Clause, Covered
from checklist.render.clauses import clauses_json, print_clauses
from checklist.render.terminal import console_for
from checklist.rulebook import Rulebook


def found(rulebook: Rulebook) -> list[Covered]:
    (rule,) = rulebook.called("gp-invited")
    (term,) = rulebook.called("neglect_is_a_feature")
    place = rule.place._replace(file="a/gp-invited.yaml")
    return [
        Covered(
            rule._replace(place=place),
            (
                Clause("the meeting was [held]\x1b", 7, ("for", "against")),
                Clause("a reason is recorded", None, ("not recorded",)),
                Clause("it is a plan", 9, ()),
            ),
        ),
        Covered(term._replace(file="terms.yaml"), (Clause("it is so", 6, ()),)),
    ]


def printed(rulebook: Rulebook) -> str:
    stream = io.StringIO()
    print_clauses(found(rulebook), console_for(stream, plain=True))
    return stream.getvalue()


def test_each_uncovered_clause_is_said_with_its_place(rulebook: Rulebook) -> None:
    assert printed(rulebook) == (
        "gp-invited: 1 of 3 clauses covered\n"
        "  a/gp-invited.yaml, line 7: never seen for or against: the meeting was\n"
        "    [held]<U+001B>\n"
        "  a/gp-invited.yaml, line 1: never seen not recorded: a reason is recorded\n"
        "neglect_is_a_feature: 1 of 1 clauses covered\n"
        "2 of 4 clauses covered\n"
    )


def test_clauses_json_the_same_is_said(rulebook: Rulebook) -> None:
    text = clauses_json(found(rulebook))
    assert "\x1b" not in text
    rule, term = json.loads(text)
    assert rule == {
        "id": "gp-invited",
        "is": "rule",
        "file": "a/gp-invited.yaml",
        "line": 1,
        "clauses": 3,
        "covered": 1,
        "uncovered": [
            {
                "says": "the meeting was [held]\x1b",
                "line": 7,
                "never_seen": ["for", "against"],
            },
            {"says": "a reason is recorded", "line": None, "never_seen": ["not recorded"]},
        ],
    }
    assert (term["is"], term["clauses"], term["covered"], term["uncovered"]) == ("term", 1, 1, [])
