"""`checklist generate`: made-up cases to try the program on, and to measure it with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.cli import options

if TYPE_CHECKING:
    from checklist.generate.shapes import Cohort
    from checklist.rulebook import Rulebook


def generate(
    cases: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many cases to make.", show_default=False)
    ],
    seed: Annotated[
        int,
        typer.Option(
            metavar="S",
            help="A whole number. The same seed and options make the same cases, byte by byte, "
            "and the first of them however many are made.",
        ),
    ] = 1,
    like: Annotated[
        str | None,
        typer.Option(
            metavar="AUDIT",
            help="Make cases of which the selection of this audit would choose about 80 of 100. "
            "[default: a mixture of every kind]",
            autocompletion=options.names_of("audits"),
            show_default=False,
        ),
    ] = None,
    silence: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            help="From 0 to 1: the share of what the story has to tell that the record leaves out, "
            "field by field. What a thing is, its day, and who belongs to whom are left out a "
            "tenth as often.",
        ),
    ] = 0.15,
    disagreement: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            help="From 0 to 1: the share of the recorded fields, those of text apart, that a "
            "second agency recorded otherwise; a fifth of these are settled since. What a thing "
            "is, its day, and who belongs to whom differ a tenth as often.",
        ),
    ] = 0.03,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="The day of all reviews (YYYY-MM-DD), around which the stories are told. "
            "[default: 2025-03-31]",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write to this file, readable by you alone, instead of the screen; compressed "
            "where its name ends in .gz.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make up cases, about nobody: JSON Lines, a case a line, each marked as synthetic.

    The stories hang together: families, referrals, meetings, plans, visits, births and incidents,
    with steps that come late, records that are silent and agencies that disagree. There is more
    in them than in a test, and less than in any life: they show how the program behaves, and
    nothing about practice anywhere.
    """
    from checklist.errors import BadInput, Fault
    from checklist.files import replacing
    from checklist.generate.cohort import AS_OF, FIRST_DAY, LAST_DAY, Maker
    from checklist.render.progress import counted

    day = options.day(as_of, "--as-of") or AS_OF
    faults = []
    for option, share in (("--silence", silence), ("--disagreement", disagreement)):
        if not 0 <= share <= 1:
            what = f"{share:g} is not a share; write a number from 0 to 1, such as 0.1"
            faults.append(Fault(what, field=option))
    if not FIRST_DAY <= day <= LAST_DAY:
        what = f"{day} is too far away; name a day from {FIRST_DAY} to {LAST_DAY}"
        faults.append(Fault(what, field="--as-of"))
    if faults:
        raise BadInput(faults)
    loaded = options.rulebook(None, only=False, examples=False)
    maker = Maker(
        loaded.rules,
        seed,
        _cohort(like, loaded),
        silence=silence,
        disagreement=disagreement,
        as_of=day,
    )
    lines = counted(maker.lines(cases), "cases")
    if output is None:
        for line in lines:
            print(line)  # noqa: T201
        return
    with replacing(output) as stream:
        for line in lines:
            print(line, file=stream)


def _cohort(like: str | None, loaded: "Rulebook") -> "Cohort":
    from checklist.errors import BadInput, Fault, nearest, one_of
    from checklist.generate.shapes import EVERY_KIND, LIKE
    from checklist.text import short

    if like is None:
        return EVERY_KIND
    if like in LIKE:
        return LIKE[like]
    known = [audit.id for audit in loaded.audits if audit.id in LIKE]
    what = f"there is no audit {short(like)}{nearest(like, known)}; there are {one_of(known)}"
    raise BadInput([Fault(what, field="--like")])
