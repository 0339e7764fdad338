"""Looks through random judgements for one on which ours and the judge differ."""

import sqlite3
from collections import Counter

from hypothesis import HealthCheck, Phase, given, reject, seed, settings

from checklist.errors import BadInput
from tests.judge.both import Both, smallest
from tests.judge.strategies import judgements

BATCH = 25


class DifferenceError(Exception):
    """The two differ."""


class _Drawn:
    """What was drawn, without a repr: it could have more characters than hypothesis likes."""

    def __init__(self, judgement):
        self.judgement = judgement

    def __repr__(self):
        return "what was drawn"


class Search:
    """Compares verdicts, in batches of examples, until there are as many as wanted.

    `verdicts` counts what was compared, by the verdict's name. A difference is raised, made small
    by leaving out what it does not need; hypothesis would take minutes for that.
    """

    def __init__(self, faults=frozenset()):
        self.faults = faults
        self.found = None
        self.too_deep = 0
        self.verdicts = Counter()

    def until(self, wanted, first_seed=0):
        number = first_seed
        while self.verdicts.total() < wanted:
            try:
                self._batch(number)
            except DifferenceError:
                raise AssertionError(f"seed {number}\n{smallest(self.found)}") from None
            number += 1
        return self.verdicts

    def _batch(self, number):
        @seed(number)
        @settings(
            max_examples=BATCH,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(judgements().map(_Drawn))
        def compare(drawn):
            self.compare(*drawn.judgement)

        compare()

    def compare(self, items, days, records):
        try:
            both = Both(items, faults=self.faults)
        except BadInput as error:
            if "holds more than 200 conditions" in str(error):
                reject()
            raise
        try:
            for record in records:
                try:
                    verdicts, found = both.differences(record, days)
                except sqlite3.OperationalError as error:
                    if str(error) == "parser stack overflow":  # nested too deep for SQLite
                        self.too_deep += 1
                        reject()
                    raise
                self.verdicts += verdicts
                if found:
                    self.found = found[0]
                    raise DifferenceError
        finally:
            both.close()
