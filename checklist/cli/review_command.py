"""`checklist review`: case files in, gap reports out."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.review import Review


class Format(StrEnum):
    """The forms in which a gap report is given."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"


def review(
    cases: options.Cases = None,
    worked_cases: options.WorkedCases = False,
    as_of: options.AsOf = None,
    rule: options.RulesNamed = None,
    theme: options.ThemesNamed = None,
    priority: options.PrioritiesNamed = None,
    rules: options.Rules = None,
    only_these_rules: options.WithoutStandard = False,
    settings: options.Settings = None,
    form: Annotated[
        Format, typer.Option("--format", help="terminal to read, json or jsonl for programs.")
    ] = Format.TERMINAL,
    all_verdicts: Annotated[
        bool,
        typer.Option("--all", help="List also what does not apply, and the record behind a met."),
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Say why each point matters and which audit taught it.")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="VERDICT,...",
            help="Exit with 1 where such a verdict stands, such as gap,due. "
            "An accepted gap does not count.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
) -> None:
    """Hold case records against the rules and print a gap report for each.

    A gap report says what needs doing first, what is due before the conference, where agencies'
    records disagree, what to ask because it is not recorded, and what is working well.
    """
    from checklist.cli.case_run import CaseRun
    from checklist.cli.exits import exit_code
    from checklist.review import Reviewer

    paths = options.case_paths(cases, worked_cases=worked_cases)
    options.spare([*paths, *(rules or ()), settings], output=output)
    day = options.day(as_of, "--as-of")
    failing = _failing(fail_on)
    loaded = options.rulebook(rules, only=only_these_rules, settings=settings, examples=False)
    reviewer = Reviewer(loaded, options.chosen(loaded, rule, theme, priority))
    run = CaseRun(paths, day)
    tally = _Tally(failing)
    reviews = tally.of(run.over(lambda case, on, _: reviewer.review(case, on)))
    with options.stream(output) as stream:
        match form:
            case Format.JSON:
                from checklist.render.data import as_json, json_list

                for line in json_list(map(as_json, reviews)):
                    print(line, file=stream)
            case Format.JSONL:
                from checklist.render.data import as_json_line

                for each in reviews:
                    print(as_json_line(each), file=stream)
            case Format.TERMINAL:
                from checklist.render.terminal import console_for, print_report
                from checklist.report import arrange

                console = console_for(stream, plain=output is not None)
                for number, each in enumerate(reviews):
                    if number:
                        console.print("\n" + "-" * console.width + "\n")
                    report = arrange(each, loaded, sources=why)
                    print_report(report, console, all_verdicts=all_verdicts, why=why)
        stream.flush()
    run.say_faults()
    raise typer.Exit(
        exit_code(bad_input=bool(run.faults), not_judged=tally.not_judged, stands=tally.stands)
    )


class _Tally:
    """What the exit code has to know of the reviews that pass by."""

    def __init__(self, failing: frozenset[str]) -> None:
        self.not_judged = False
        self.stands = False
        self._failing = failing

    def of(self, reviews: "Iterator[Review]") -> "Iterator[Review]":
        """Yield the reviews, each once it has been looked at."""
        for review in reviews:
            for verdict in review.verdicts:
                self.not_judged |= verdict.name == "could not be judged"
                self.stands |= verdict.name in self._failing and verdict.accepted is None
            self.not_judged |= any(each.state == "could not be judged" for each in review.queries)
            yield review


def _failing(text: str | None) -> frozenset[str]:
    from checklist.errors import BadInput, Fault, nearest, one_of
    from checklist.rule import VERDICT_NAMES
    from checklist.text import short

    names = {name.strip().replace("-", " ") for name in (text or "").split(",") if name.strip()}
    unknown = sorted(names - set(VERDICT_NAMES))
    if unknown:
        raise BadInput(
            Fault(
                f"{short(name)} is not a verdict{nearest(name, VERDICT_NAMES)}; "
                f"there are {one_of(VERDICT_NAMES)}",
                field="--fail-on",
            )
            for name in unknown
        )
    return frozenset(names)
