"""Each case of a cohort once: a case that is there twice would count twice."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

from checklist.cohort import Line, Result, Unread
from checklist.errors import Fault
from checklist.screened import Screened
from checklist.text import short


class EachOnce:
    """Passes results on, each case once; `again` counts those that were there already.

    Another case under the id of one before it is one that cannot be used, since nobody could tell
    the two apart. What was seen is remembered as hashes, in a database that SQLite keeps in memory
    while it is small and then in a file without a name, so that a region needs no more memory than
    an office.
    """

    def __init__(self) -> None:
        self.again = 0
        # nobody else sees it, and it need not outlive the program: nothing waits for the disk
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("PRAGMA synchronous=OFF")
        self._seen.execute("PRAGMA journal_mode=OFF")
        self._seen.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID")

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
            if self._is_new(result.case, result.sha256):
                yield result
            elif self._was(result.case, result.sha256):
                self.again += 1
            else:
                line = result.number if isinstance(result, Line) else result.line
                yield _another(result.case, result.file, line)

    def _is_new(self, case: str, content: str) -> bool:
        asked = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
        return self._seen.execute(asked, (_hash(case), _hash(content))).rowcount == 1

    def _was(self, case: str, content: str) -> bool:
        """Return whether the case under this id was the same record."""
        asked = "SELECT content FROM seen WHERE id = ?"
        ((before,),) = self._seen.execute(asked, (_hash(case),))
        return bool(before == _hash(content))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _another(case: str, file: str, line: int | None) -> Unread:
    problem = f"a case before it has the id {short(case)} too; this one is left out"
    return Unread(file, line, (Fault(problem, file, line, "id").sentence(),))
