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
