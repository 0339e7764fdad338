"""One run over case files, as several commands make it: each case in turn, faults at the end."""

import datetime
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from checklist.case_file import Read
    from checklist.errors import Fault
    from checklist.record import Case

_T = TypeVar("_T")


class CaseRun:
    """Reads the cases at the paths, has each judged, and gathers what is wrong with any of them.

    Without `as_of` a case is judged on its record's own day, or today.
    """

    def __init__(self, paths: Sequence[Path], as_of: datetime.date | None = None) -> None:
        self.faults: list[Fault] = []
        self._paths = paths
        self._as_of = as_of

    def over(self, judge: "Callable[[Case, datetime.date, Read], _T | None]") -> "Iterator[_T]":
        """Yield what `judge` returns for each case that can be read, where that is not None.

        It is given the record, the day, and where the record stands. A case that cannot be read, or
        for which it raises BadInput, does not stop the others. After a second the number of cases
        done is shown on a terminal.
        """
        from dataclasses import replace

        from checklist.case_file import read_cases
        from checklist.collecting import collect_seldom
        from checklist.errors import BadInput
        from checklist.render.progress import counted

        collect_seldom()
        for read in counted(read_cases(self._paths), "cases"):
            if isinstance(read.case, BadInput):
                self.faults += read.case.faults
                continue
            day = self._as_of or read.case.as_of or datetime.date.today()
            try:
                found = judge(read.case, day, read)
            except BadInput as error:
                self.faults += [
                    replace(fault, file=read.file, line=read.line) for fault in error.faults
                ]
                continue
            if found is not None:
                yield found

    def say_faults(self) -> None:
        """Print what could not be used, after everything else, on standard error."""
        for fault in dict.fromkeys(self.faults):  # a file can be named twice
            print(f"checklist: {fault.sentence()}", file=sys.stderr)  # noqa: T201
