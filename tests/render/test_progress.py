import io
import sys

import pytest

from checklist.render import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def watched(monkeypatch):
    # not a fixture: between a fixture and its test pytest puts its own stream back
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_every_item_passes_and_what_is_quick_shows_nothing(monkeypatch):
    stderr = watched(monkeypatch)
    assert list(progress.counted(range(1000), "cases")) == list(range(1000))
    assert stderr.getvalue() == ""


def test_what_takes_long_is_counted_on_the_terminal(monkeypatch):
    stderr = watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert list(progress.counted(range(1000), "cases")) == list(range(1000))
    assert "1,000 cases" in stderr.getvalue()


def test_nothing_is_shown_where_nobody_watches(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert list(progress.counted(range(10), "cases")) == list(range(10))
    assert stream.getvalue() == ""


def test_an_error_on_the_way_is_not_swallowed(monkeypatch):
    watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)

    def items():
        yield 1
        raise KeyError

    with pytest.raises(KeyError):
        list(progress.counted(items(), "cases"))


def test_the_rate_and_the_time_left_are_shown_with_the_number(monkeypatch):
    stderr = watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    moments = iter(range(10_000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(moments))
    done = iter(range(25, 2000, 25))
    found = [*progress.counted(range(4), "cases", lambda: (next(done), 100))]
    assert found == [0, 1, 2, 3]
    shown = stderr.getvalue()
    assert "a second, 0:00:" in shown
    assert " left" in shown


def test_no_time_is_told_where_more_is_done_than_there_was_to_do(monkeypatch):
    stderr = watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert [*progress.counted(range(4), "cases", lambda: (200, 100))] == [0, 1, 2, 3]
    assert "a second" in stderr.getvalue()
    assert "left" not in stderr.getvalue()
