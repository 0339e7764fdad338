"""What has changed in one case between two days as plain data, for JSON."""

from typing import Any

from checklist.render.data import because_data, subject_data
from checklist.since import Point, Since


def data_of(found: Since) -> dict[str, Any]:
    """Return what has changed in a case; days are YYYY-MM-DD."""
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


def _point(point: Point) -> dict[str, Any]:
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
