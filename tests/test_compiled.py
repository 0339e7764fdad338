import pickle
from datetime import date

from checklist.compiled import compiled
from checklist.rulebook import Rulebook, standard_rules


def test_what_is_made_ready_is_the_rulebook_without_its_examples(
    standard_rulebook: Rulebook,
) -> None:
    content = compiled(standard_rules())
    found, bank_holidays = pickle.loads(content[content.index(b"\x80\x05") :])  # noqa: S301 (ours)
    assert [each.id for each in found.own] == [each.id for each in standard_rulebook.own]
    assert date(2022, 6, 3) in bank_holidays[2022]
    assert date(2022, 6, 6) not in bank_holidays[2022]
    assert not any(each.examples for each in found.own)
    assert found.queries == tuple(
        query._replace(examples=()) for query in standard_rulebook.queries
    )
