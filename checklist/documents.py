"""Case documents: the bytes of each case as it stands in a file, one at a time.

From YAML and JSON files, from JSON Lines, from folders of them, and from such files under gzip.
Nothing is understood here: a document can be sent to another process and read there.
"""

import gzip
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final, Literal, NamedTuple, cast

from checklist.errors import BadInput, Fault, one_of
from checklist.source import MOST_BYTES, name_of, unreadable

SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")
"""How the name of a case file ends; `.gz` may follow."""

_LINES: Final = (".jsonl", ".ndjson")
_GZIP: Final = ".gz"

Form = Literal["yaml", "json", "json line"]


class Document(NamedTuple):
    """One case as it stands in a file, and on which line of it; or why it cannot be read."""

    file: str
    line: int | None
    form: Form
    content: bytes | BadInput


def documents(paths: Iterable[Path], *, most: int = MOST_BYTES) -> Iterator[Document]:
    """Yield every case at the paths: files, and folders with all case files in them.

    What cannot be read is yielded with its faults and does not stop the others. `most` is the
    number of bytes of the largest file that is read; for a line of one it stays `MOST_BYTES`.
    """
    for path in paths:
        try:
            files = _files(path)
        except BadInput as error:
            yield Document(name_of(path), None, "yaml", error)
            continue
        for file in files:
            yield from _documents_of(file, most)


def bytes_of(paths: Iterable[Path]) -> int | None:
    """Return how many bytes the files at the paths hold; None where some are compressed."""
    total = 0
    for path in paths:
        try:
            files = _files(path)
            if any(file.suffix.lower() == _GZIP for file in files):
                return None
            total += sum(file.stat().st_size for file in files)
        except (BadInput, OSError):
            continue
    return total


def _documents_of(file: Path, most: int) -> Iterator[Document]:
    name, suffix = name_of(file), _suffix(file)
    form: Form = "json" if suffix == ".json" else "yaml"
    try:
        with _opened(file) as stream:
            if suffix in _LINES:
                yield from _lines(stream, name)
                return
            content = stream.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield Document(name, None, form, _unreadable(file, error))
        return
    if len(content) <= most:
        yield Document(name, None, form, content)
        return
    problem = (
        f"the file is larger than {most:,} bytes, the most that is accepted; "
        "write many cases one a line in a .jsonl file"
    )
    yield Document(name, None, form, BadInput([Fault(problem, name)]))


def _lines(stream: IO[bytes], name: str) -> Iterator[Document]:
    """Yield each line that is not blank."""
    number, empty = 0, True
    while raw := stream.readline(MOST_BYTES + 1):
        number += 1
        content: bytes | BadInput = raw.rstrip(b"\r\n")
        if len(raw) > MOST_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MOST_BYTES)
            problem = f"this line is longer than {MOST_BYTES:,} bytes, the most that is accepted"
            content = BadInput([Fault(problem, name, number)])
        elif not raw.strip():
            continue
        empty = False
        yield Document(name, number, "json line", content)
    if empty:
        problem = "there is no case in this file; each line holds one, as JSON"
        yield Document(name, None, "json line", BadInput([Fault(problem, name)]))


def _opened(file: Path) -> IO[bytes]:
    if file.suffix.lower() == _GZIP:
        return cast("IO[bytes]", gzip.open(file, "rb"))
    return file.open("rb")


def _unreadable(file: Path, error: Exception) -> BadInput:
    if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
        return unreadable(file, error)
    problem = "the file is not whole: it is no gzip, or was cut short; make it again"
    return BadInput([Fault(problem, name_of(file))])


def _files(path: Path) -> list[Path]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        raise unreadable(path, error) from None
    if not is_folder:
        if _suffix(path) not in SUFFIXES:
            problem = (
                f"the name of a case file ends in one of {one_of(SUFFIXES)}, and this one does not"
            )
            raise BadInput([Fault(problem, name_of(path))])
        return [path]
    files = sorted(file for file in path.rglob("*") if _suffix(file) in SUFFIXES and file.is_file())
    if not files:
        problem = f"there is no case file in this folder ({one_of(SUFFIXES)})"
        raise BadInput([Fault(problem, name_of(path))])
    return files


def _suffix(path: Path) -> str:
    """Return how the name ends, without the `.gz` of what is compressed."""
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() if suffix == _GZIP else suffix
