"""Explanations on the screen: indented plain text that reads well without colour, or read aloud."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from checklist import wording
from checklist.condition_tree import Node
from checklist.explanation import Answered, Change, Deadline, Explanation
from checklist.render.terminal import (
    acceptance_lines,
    local_settings,
    looked_for_lines,
    print_text,
    record_lines,
    tag_of,
)
from checklist.text import harmless
from checklist.truth import Truth
from checklist.verdict import asked_together
from checklist.vocabulary import JUDGEMENT

MOST_MEMBERS: Final = 5
"""The most members of a collection, and ways to meet a rule, that are shown unasked."""

_MARKS: Final = {
    Truth.TRUE: ("+", "green"),
    Truth.FALSE: ("-", "red"),
    Truth.BOTH: ("!", "magenta"),
    Truth.NEITHER: ("?", "cyan"),
}
_UNDECIDED: Final = "made no difference"


def print_answers(
    answers: Sequence[Answered], of: str, case: str, as_of: datetime.date, console: Console
) -> None:
    """Print the subjects of a rule or term with the answers, and how to ask for one of them."""
    print_text(console, Text(harmless(f"{of} in {case}"), "bold"))
    print_text(console, Text(f"As of {wording.day(as_of)}: {len(answers)} answers."))
    console.print()
    for each in answers:
        tag, style = tag_of(each.answer)
        said = f" {wording.sentence(each.subject.label)}{' (accepted)' if each.accepted else ''}"
        print_text(console, Text.assemble((tag, style), harmless(said)))
        print_text(console, Text(harmless(f"--subject {each.subject.id}"), "dim"), 4)
    console.print()
    print_text(console, Text("To explain one, add its --subject; to explain all, add --all."))


def print_explanation(
    explanation: Explanation,
    case: str,
    as_of: datetime.date,
    console: Console,
    *,
    everything: bool = False,
) -> None:
    """Print one explanation; `everything` opens what made no difference, and every member."""
    _Printer(console, as_of, everything=everything).print(explanation, case)


class _Printer:
    """Prints explanations to one console."""

    def __init__(self, console: Console, as_of: datetime.date, *, everything: bool) -> None:
        self._console = console
        self._as_of = as_of
        self._everything = everything
        self._told: set[tuple[str, tuple[str, ...]]] = set()
        self._shortened = False

    def print(self, explanation: Explanation, case: str) -> None:
        subject = explanation.subject
        self._say(Text(harmless(explanation.title), "bold"))
        self._say(Text(harmless(f"{explanation.id}, in the case {case}"), "dim"))
        if subject.kind != "case":
            named = "" if subject.id == subject.label else f" ({subject.id})"
            self._say(Text(harmless(f"{wording.sentence(subject.label)}{named}")))
        self._say(Text(f"As of {wording.day(self._as_of)}"))
        self._console.print()
        self._answer(explanation)
        is_rule = explanation.kind == "rule"
        if explanation.applies is not None:
            self._side("Applies", explanation.applies)
        if explanation.expects is not None and is_rule:
            self._side("Expects", explanation.expects)
        elif explanation.expects is not None:
            self._told.clear()
            self._console.print()
            self._inside(explanation.expects, 2)
        if explanation.deadline is not None and explanation.answer not in _SETTLED:
            self._deadline(explanation.deadline)
        if explanation.settings:
            self._console.print()
            self._say(Text(harmless(local_settings(explanation.settings))))
        if explanation.changes:
            self._changes(explanation.changes, "met" if is_rule else "so")
        if self._shortened:
            self._console.print()
            self._say(Text("Shortened; --all shows everything.", "dim"))

    def _answer(self, explanation: Explanation) -> None:
        tag, style = tag_of(explanation.answer)
        message = explanation.message or explanation.title
        if explanation.missing:
            message = "The record does not say."
        self._say(Text.assemble((tag, style), harmless(f" {message}".rstrip())))
        if explanation.follows:
            self._say(Text(harmless(explanation.follows)), 2)
        for missing in explanation.missing:
            is_judgement = missing.field.startswith(JUDGEMENT)
            self._labelled("Judge" if is_judgement else "Ask", missing.question)
            for asked in asked_together([missing]).values():
                for line in looked_for_lines(asked):
                    self._say(Text(harmless(line)), 2)
        acceptance = acceptance_lines(explanation.accepted, explanation.lapsed, self._as_of)
        for label, words in acceptance:
            self._labelled(label, words)

    def _side(self, heading: str, node: Node) -> None:
        self._told.clear()
        if not node.decided and not self._everything:
            self._heading(f"{heading}: {_UNDECIDED}, since it does not apply")
            self._shortened = True
            return
        truth = wording.TRUTHS[node.truth] + ("" if node.decided else f", {_UNDECIDED}")
        if not (node.parts or node.values or node.silent):
            self._heading(f"{heading}: {truth}, {_said(node)}")
            return
        self._heading(f"{heading}: {truth}")
        self._top(node, 2)

    # -- the tree -----------------------------------------------------------------------------

    def _top(self, node: Node, indent: int) -> None:
        """Print a condition whose value has been said."""
        self._say(Text(harmless(wording.sentence(_said(node)))), indent)
        self._inside(node, indent + 2)

    def _node(self, node: Node, indent: int) -> None:
        mark, style = _MARKS[node.truth]
        truth = f"{mark} {wording.TRUTHS[node.truth]}"
        if not node.decided:
            truth, style = f"{truth}, {_UNDECIDED}", "dim"
            if node.way is not None and not self._everything:
                self._say(Text.assemble((truth, style), harmless(f": {node.way}")), indent)
                self._shortened = True
                return
        self._say(Text.assemble((truth, style), harmless(f": {_said(node)}")), indent)
        self._inside(node, indent + 2)

    def _inside(self, node: Node, indent: int) -> None:
        for depth, line in node.outline[1:]:
            self._say(Text(harmless(line)), indent + 2 * (depth - 1))
        if node.meaning is not None:
            self._labelled("That is", node.meaning, indent)
        fields = tuple(value.field for value in node.values)
        for line in record_lines(node.values):
            self._labelled("Record", self._once(line, fields), indent)
        if node.values or node.parts or node.kind in ("some", "every", "person"):
            for silent in node.silent:
                self._labelled("Record", f"{silent}: not recorded", indent)
        parts: Sequence[Node] = node.parts
        if not self._everything:
            parts = [part for part in parts if part.kind != "where" or part.truth is not Truth.TRUE]
        members = [part for part in parts if part.kind == "member"]
        shown = members if self._everything else _telling(members, node.truth)
        if node.kind == "term" and len(parts) == 1:
            self._top(parts[0], indent)
            return
        for part in parts:
            if part.kind != "member":
                self._node(part, indent)
        for part in shown:
            self._node(part, indent)
        self._left_out([each for each in members if each not in shown], indent)

    def _once(self, line: str, fields: tuple[str, ...]) -> str:
        """Return a line of the record, or where it was told before, a short one that says so."""
        if (line, fields) in self._told and len(line) > _LONG:
            return f"{line.partition(': ')[0]}: as above"
        self._told.add((line, fields))
        return line

    def _left_out(self, members: Sequence[Node], indent: int) -> None:
        """Name the members that are not shown, or count them where they are many."""
        groups: dict[str, list[str]] = {}
        for each in members:
            why = f"also {wording.TRUTHS[each.truth]}" if each.decided else _UNDECIDED
            groups.setdefault(why if _is_meant(each) else "not meant", []).append(
                each.label or each.words
            )
        for why, names in groups.items():
            said = "; ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} more"
            self._say(Text(harmless(f"({why}: {said})"), "dim"), indent)
            self._shortened = True

    # -- what stands beside it ----------------------------------------------------------------

    def _deadline(self, deadline: Deadline) -> None:
        if deadline.last is None or deadline.days_left is None:
            self._heading("By when: no deadline is recorded")
        else:
            left = wording.day_count(deadline.days_left)
            self._heading(f"By when: {wording.day(deadline.last)}, {left}")
        self._say(Text(harmless(f"It can be put right {deadline.words}.")), 2)
        for line in record_lines(deadline.days):
            self._labelled("Record", line)
        if deadline.silent is not None:
            self._labelled("Record", f"{deadline.silent}: not recorded")
        if len({day.value for day in deadline.days}) > 1:
            self._say(Text("Of several days the earliest counts."), 2)

    def _changes(self, changes: Sequence[Sequence[Change]], become: str) -> None:
        several = len(changes) > 1
        which = "any one of these" if several else "this"
        self._heading(f"It would be {become} if {which} were newly recorded:")
        shown = changes if self._everything else changes[:MOST_MEMBERS]
        for needed in shown:
            said = [f"{each.name}: {each.test}" for each in needed]
            if len(said) > MOST_MEMBERS and not self._everything:
                said[MOST_MEMBERS:] = [f"{len(said) - MOST_MEMBERS} more like these"]
                self._shortened = True
            self._say(Text(harmless(f"- {'; and '.join(said)}")), 2)
        if len(changes) > len(shown):
            left = len(changes) - len(shown)
            self._say(Text(f"({left} more)", "dim"), 2)
            self._shortened = True

    # -- lines --------------------------------------------------------------------------------

    def _heading(self, words: str) -> None:
        self._console.print()
        self._say(Text(harmless(words), "bold"))

    def _labelled(self, label: str, words: str, indent: int = 2) -> None:
        self._say(Text.assemble((f"{label}: ", "italic"), harmless(words)), indent)

    def _say(self, text: Text, indent: int = 0) -> None:
        print_text(self._console, text, indent)


_MOST_NAMED: Final = 3
_LONG: Final = 40
_SETTLED: Final = ("met", "not applicable")


def _said(node: Node) -> str:
    """Return the words of a node, after its label and its way."""
    words = node.outline[0][1] if node.outline else node.words
    if node.way is not None:
        words = f"{node.way}{'; that is, ' if words.endswith(':') else ': '}{words}"
    if node.label is not None:
        words = f"{node.label}: {words}" if words else node.label
    return words


def _is_meant(member: Node) -> bool:
    """Return whether a member is not one of those that a `where` leaves out."""
    return not any(part.kind == "where" and part.truth is Truth.FALSE for part in member.parts)


def _telling(members: Iterable[Node], truth: Truth) -> list[Node]:
    """Return the members to show: those that decided, of many those with the value of the whole."""
    decided = [member for member in members if member.decided]
    if len(decided) > MOST_MEMBERS:
        decided = [member for member in decided if member.truth is truth]
    return decided[:MOST_MEMBERS]
