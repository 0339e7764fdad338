"""What has changed in one case between two days as plain data, for JSON."""

from typing_extensions import TypedDict

from checklist.render.data import BecauseData, SubjectData, because_data, subject_data
from checklist.rule import Priority, VerdictName
from checklist.since import Point, Since, Step


class PointData(TypedDict):
    """One rule and subject on both days; a verdict is null where there was no such subject.

    `step` is how it came from one day to the other, `silence_filled` says that it was not recorded
    and now is, and `due_since` that its day has come and can still be kept. The rest is of the
    later verdict, or of the earlier where there is no later; `deadline` is YYYY-MM-DD.
    """

    rule: str
    title: str
    priority: Priority
    subject: SubjectData
    step: Step | None
    before: VerdictName | None
    after: VerdictName | None
    accepted: bool
    silence_filled: bool
    due_since: bool
    message: str
    because: list[BecauseData]
    questions: list[str]
    close: str
    deadline: str | None


class CaseSinceData(TypedDict):
    """What has changed in a case from one day to another, both YYYY-MM-DD."""

    case: str
    before: str
    after: str
    new: list[PointData]
    still_open: list[PointData]
    closed: list[PointData]
    could_not_be_judged: list[PointData]
    met_on_both_days: int


def data_of(found: Since) -> CaseSinceData:
    """Return what has changed in a case."""
    return {
        "case": found.case,
        "before": found.before.isoformat(),
        "after": found.after.isoformat(),
        "new": [_point(each) for each in found.new],
        "still_open": [_point(each) for each in found.open],
        "closed": [_point(each) for each in found.closed],
        "could_not_be_judged": [_point(each) for each in found.unclear],
        "met_on_both_days": found.met,
    }


def _point(point: Point) -> PointData:
    shown = point.shown
    return {
        "rule": point.rule.id,
        "title": point.rule.title,
        "priority": point.rule.priority,
        "subject": subject_data(point.subject),
        "step": point.step,
        "before": None if point.was is None else point.was.name,
        "after": None if point.now is None else point.now.name,
        "accepted": shown.accepted is not None,
        "silence_filled": point.silence_filled,
        "due_since": point.due_since,
        "message": shown.message,
        "because": [because_data(each) for each in shown.because],
        "questions": [each.question for each in shown.missing],
        "close": shown.close,
        "deadline": None if shown.deadline is None else shown.deadline.isoformat(),
    }
