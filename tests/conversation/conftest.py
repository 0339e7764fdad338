import datetime
import io
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from checklist.conversation.plain import PlainScreen
from checklist.conversation.script import converse
from checklist.review import Reviewer

TODAY = datetime.date(2021, 3, 1)

BEGIN = ["amber", "1", "", "10 march", "yes"]
"""The pseudonym, the agency, the document and the day of the conference."""

FAMILY = """\
id: amber
source: {agency: childrens_social_care, where: child's file}
children: [{id: baby, born: 2020-11-20, mother: mother, father: father}]
adults: [{id: mother, partner: father}, {id: father, partner: mother}]
meetings: [{id: m, kind: strategy, date: 2021-02-08, invited: [police]}]
"""


class Held(NamedTuple):
    """A conversation that was held: all that was shown, and the file as it was left."""

    said: str
    path: Path

    @property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @property
    def record(self):
        return yaml.safe_load(self.text)

    def after(self, words):
        """Return what was shown after these words."""
        assert words in self.said, self.said
        return self.said.split(words, 1)[1]


@pytest.fixture
def hold(tmp_path, rulebook, request):
    """Return a function that holds a conversation line by line, with these lines typed."""

    def held(*lines, case=None, rules=("father-engaged",), typed=None, book=None, **options):
        path = tmp_path / "case.yaml"
        if case is not None:
            path.write_text(case, encoding="utf-8")
        loaded = rulebook if book is None else request.getfixturevalue(book)
        reviewer = Reviewer(loaded, loaded.select(rules, (), ()))
        out = io.StringIO()
        typed = typed or io.StringIO("".join(f"{line}\n" for line in lines))
        options.setdefault("as_of", TODAY)
        converse(PlainScreen(typed, out), reviewer, path, **options)
        return Held(out.getvalue(), path)

    return held
