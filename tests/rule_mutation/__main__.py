"""Lists the mutants that the examples let live: `python -m tests.rule_mutation [ID ...]`."""

import argparse
import sys
from pathlib import Path

from checklist.errors import BadInput
from checklist.rulebook import load, standard_rules
from tests.rule_mutation.running import run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.rule_mutation", description=__doc__)
    which = "a rule, term or query; without, all of them"
    parser.add_argument("ids", metavar="ID", nargs="*", help=which)
    parser.add_argument("--rules", metavar="PATH", action="append", default=[], type=Path)
    chosen = parser.parse_args()
    try:
        rulebook = load([standard_rules(), *chosen.rules])
        items = [item for name in chosen.ids for item in rulebook.called(name)] or rulebook.own
    except BadInput as error:
        print("\n".join(fault.sentence() for fault in error.faults), file=sys.stderr)
        sys.exit(2)
    made = alive = 0
    for item in items:
        ran = run(rulebook, item)
        made += ran.made
        alive += len(ran.survivors)
        print(f"{item.id}: {ran.made - len(ran.survivors)} of {ran.made} killed")
        for mutant in ran.survivors:
            print(f"  survived: {mutant.change}")
    print(f"{made - alive} of {made} killed")


if __name__ == "__main__":
    main()
