import json
from collections.abc import Iterator

import pytest
import typer

from checklist import clauses
from checklist.cli.clauses_command import cover_clauses
from checklist.cli.exits import NOT_JUDGED
from checklist.engine import EngineError
from checklist.rulebook import Rulebook


def test_without_names_every_rule_and_term_is_covered(
    rulebook: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    cover_clauses(rulebook, [], as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in found] == [each.id for each in rulebook.own]


def test_rules_and_terms_can_be_named(
    rulebook: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    cover_clauses(rulebook, ["significant_age_gap", "gp-invited"], as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in found] == ["significant_age_gap", "gp-invited"]


def test_where_the_engine_fails_nothing_is_said_of_the_clauses(
    rulebook: Rulebook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> Iterator[clauses.Covered]:
        raise EngineError("the engine lost a fact")

    monkeypatch.setattr(clauses, "covered", fails)
    with pytest.raises(typer.Exit) as asked:
        cover_clauses(rulebook, [], as_json=False)
    assert asked.value.exit_code == NOT_JUDGED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == ("checklist: the examples could not be judged: the engine lost a fact.\n")
