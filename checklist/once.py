"""Each case of a cohort once: a case that is there twice would count twice."""

from collections.abc import Iterable, Iterator

from checklist.cohort import Line, Result, Unread
from checklist.errors import Fault
from checklist.screened import Screened
from checklist.text import short


class EachOnce:
    """Passes results on, each case once; `again` counts those that were there already.

    Another case under the id of one before it is one that cannot be used, since nobody could tell
    the two apart.
    """

    def __init__(self) -> None:
        self.again = 0
        self._seen: dict[str, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of it, a sentence each."""
        if not self.again:
            return ()
        return (f"Cases that were there twice, and counted once: {self.again:,}.",)

    def of(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the results whose case is new, and in place of others why they cannot be used."""
        for result in results:
            if not isinstance(result, Screened | Line):
                yield result
                continue
            content = result.sha256[:16]  # enough to tell two records apart
            first = self._seen.setdefault(result.case, content)
            if first is content:
                yield result
            elif first == content:
                self.again += 1
            else:
                line = result.number if isinstance(result, Line) else result.line
                yield _another(result.case, result.file, line)


def _another(case: str, file: str, line: int | None) -> Unread:
    problem = f"a case before it has the id {short(case)} too; this one is left out"
    return Unread(file, line, (Fault(problem, file, line, "id").sentence(),))
