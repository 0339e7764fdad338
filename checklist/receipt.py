"""The receipt of a screening: what it was made of, so that anybody can check that it still holds.

It names no verdict: each case's file and verdicts are there as hashes. A receipt is made while the
cases stream by, and its own hash is the same whether or not it lists them. The hashes show that
something changed since; they are no signature, and do not show who made the receipt.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import IO, Any, Final, NamedTuple

from checklist.cohort import Left, Line, Result, RulesChosen, Unread
from checklist.rule_files import hash_of
from checklist.rulebook import Rulebook, standard_rules
from checklist.screened import Screened
from checklist.screened import data_of as data_of_case
from checklist.text import safe_json

FORM: Final = 1
"""The number of the form in which a receipt is written, under the key `receipt`."""

MOST_LISTED: Final = 500
"""The most cases that a receipt lists in a document that people read."""


class Asked(NamedTuple):
    """What a screening was asked for, and what it was made with: all but the cases.

    `program` is its version and `rulebook` the SHA-256 of what the rules say. `settings` are those
    in force whose value is not the default. `rules` and `themes` are those chosen, `audit` the one
    whose cases alone were screened, `as_of` the day that the option named, and `command` the
    arguments as they were typed.
    """

    program: str
    rulebook: str
    settings: Mapping[str, int | str]
    rules: tuple[str, ...]
    themes: tuple[str, ...]
    audit: str | None
    as_of: datetime.date | None
    command: tuple[str, ...]


class Entry(NamedTuple):
    """One case of a receipt: where it stood, and what it and its verdicts were, as SHA-256."""

    case: str
    file: str
    line: int | None
    as_of: datetime.date
    sha256: str
    verdicts: str


class Receipt(NamedTuple):
    """What a screening was made of.

    `today` is the day of the screening, where a case was judged as of it since its record named
    none. `cases` is the number of those screened, `left` of those that the audit would not have
    chosen or of which that is not clear, and `unread` of those that cannot be used. `inputs` is a
    hash of all cases with their days, `places` of their files and lines, `verdicts` of their
    verdicts, each in the order of the screening. `entries` are the cases, where they are listed.
    """

    asked: Asked
    today: datetime.date | None
    cases: int
    left: int
    unread: int
    inputs: str
    places: str
    verdicts: str
    entries: tuple[Entry, ...] | None = None

    @property
    def sha256(self) -> str:
        """The hash over the whole receipt, the same whether or not the cases are listed."""
        whole = {**_head(self.asked), **_tail(self)}
        return hashlib.sha256(_canonical(whole).encode()).hexdigest()

    @property
    def short(self) -> str:
        """The beginning of the hash, for people to compare."""
        return self.sha256[:12]


def asked_of(
    rules: RulesChosen,
    loaded: Rulebook,
    *,
    audit: str | None,
    as_of: datetime.date | None,
    command: Sequence[str],
) -> Asked:
    """Return what a screening with these rules, loaded, was asked for by these arguments."""
    changed = {setting.id: setting.value for setting in loaded.changed_settings}
    ours = [standard_rules()]
    said = hash_of(
        [*rules.rules, *(ours if rules.standard else ())],
        at_hand=() if rules.standard else ours,
        settings=changed,
    )
    return Asked(
        version("checklist"),
        said.hex(),
        dict(sorted(changed.items())),
        tuple(sorted(set(rules.ids))),
        tuple(sorted(set(rules.themes))),
        audit,
        as_of,
        tuple(command),
    )


def entry_of(data: Mapping[str, Any]) -> Entry:
    """Return the entry of a case, from what `screened.data_of` makes of it."""
    return Entry(
        data["case"],
        data["file"],
        data["line"],
        datetime.date.fromisoformat(data["as_of"]),
        data["sha256"],
        _digest_of(data),
    )


class Recorder:
    """Makes the receipt of a screening from its cases, as they stream by.

    `today` is the day as of which a case is judged that names none. At most `keep` cases are
    listed; where there are more, none is. To `to` goes the receipt as a file of its own holds it,
    with every case, as they come.
    """

    def __init__(
        self,
        asked: Asked,
        today: datetime.date,
        *,
        keep: int = MOST_LISTED,
        to: IO[str] | None = None,
    ) -> None:
        self._asked = asked
        self._today = today
        self._keep = keep
        self._to = to
        self._entries: list[Entry] | None = []
        self._number = self._left = self._unread = 0
        self._of_today = False
        self._inputs, self._places, self._verdicts = (hashlib.sha256() for _ in range(3))
        if to is not None:
            to.write(f"{_begins(asked)}[")

    def take(self, result: Result) -> Entry | None:
        """Take up the next result, and return its entry where it is a screened case.

        Each case is to come once (`EachOnce`).
        """
        match result:
            case Left():
                self._left += 1
                return None
            case Unread():
                self._unread += 1
                return None
            case Screened():
                data = data_of_case(result)
            case Line():
                data = json.loads(result.text)
        entry = entry_of(data)
        self.take_entry(entry)
        return entry

    def take_entry(self, entry: Entry) -> None:
        """Take up the next case as an entry."""
        if self._to is not None:
            self._to.write(f"{',' if self._number else ''}\n{_line(entry)}")
        self._number += 1
        self._of_today |= entry.as_of == self._today
        day = entry.as_of.isoformat()
        self._inputs.update(_bytes(entry.case, day, entry.sha256))
        self._places.update(_bytes(entry.file, str(entry.line)))
        self._verdicts.update(_bytes(entry.case, entry.verdicts))
        if self._entries is not None:
            self._entries.append(entry)
            if len(self._entries) > self._keep:
                self._entries = None

    def receipt(self) -> Receipt:
        """Return the receipt of all that was taken up; where it goes to a file, end that."""
        used_today = self._of_today and self._asked.as_of is None
        made = Receipt(
            self._asked,
            self._today if used_today else None,
            self._number,
            self._left,
            self._unread,
            self._inputs.hexdigest(),
            self._places.hexdigest(),
            self._verdicts.hexdigest(),
            None if self._entries is None else tuple(self._entries),
        )
        if self._to is not None:
            self._to.write(f"\n ]{_ends(made)}\n")
        return made


def with_entries(receipt: Receipt, entries: Iterable[Entry]) -> Receipt | None:
    """Return the receipt with the cases it was made of, or None where these are others."""
    recorder = Recorder(receipt.asked, receipt.today or datetime.date.min, keep=receipt.cases)
    for entry in entries:
        recorder.take_entry(entry)
    made = recorder.receipt()._replace(
        today=receipt.today, left=receipt.left, unread=receipt.unread
    )
    return made if made.sha256 == receipt.sha256 else None


def as_json(receipt: Receipt) -> str:
    """Return the receipt as JSON in lines, a line for each case, as a file of its own holds it."""
    if receipt.entries is None:
        return f"{_begins(receipt.asked)}null{_ends(receipt)}"
    entries = ",".join(f"\n{_line(entry)}" for entry in receipt.entries)
    return f"{_begins(receipt.asked)}[{entries}\n ]{_ends(receipt)}"


def as_json_line(receipt: Receipt) -> str:
    """Return the receipt as JSON on one line, without the cases: the lines before it hold them."""
    return safe_json(_compact(data_of(receipt._replace(entries=None))))


def data_of(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt as JSON holds it, as `checklist schema receipt` describes it."""
    entries = receipt.entries
    return {
        **_head(receipt.asked),
        "entries": None if entries is None else [_entry(each) for each in entries],
        **_tail(receipt),
        "sha256": receipt.sha256,
    }


def _digest_of(data: Mapping[str, Any]) -> str:
    """Return a hash of what was found in a case, whatever the order in which its file has it.

    What is hashed is a line for each verdict and rule, with the ids of the subjects; then one for
    each rule of which a gap was accepted, and one each for record queries raised and unchecked.
    """
    found = [
        f"{name}\t{rule}\t{' '.join(sorted(subjects))}\n"
        for name, by_rule in (*data["verdicts"].items(), ("accepted", data["accepted"]))
        for rule, subjects in by_rule.items()
    ]
    found.sort()
    found.append(f"raised\t{' '.join(sorted(data['queries']))}\n")
    found.append(f"unchecked\t{' '.join(sorted(data['unchecked']))}\n")
    return hashlib.sha256("".join(found).encode()).hexdigest()


def _bytes(*parts: str) -> bytes:
    return "".join(f"{part}\0" for part in parts).encode(errors="surrogatepass")


def _head(asked: Asked) -> dict[str, Any]:
    day = asked.as_of
    return {
        "receipt": FORM,
        "program": asked.program,
        "rulebook": asked.rulebook,
        "settings": dict(asked.settings),
        "rules": list(asked.rules),
        "themes": list(asked.themes),
        "audit": asked.audit,
        "as_of": None if day is None else day.isoformat(),
        "command": list(asked.command),
    }


def _tail(receipt: Receipt) -> dict[str, Any]:
    day = receipt.today
    return {
        "today": None if day is None else day.isoformat(),
        "cases": receipt.cases,
        "left": receipt.left,
        "unread": receipt.unread,
        "inputs": receipt.inputs,
        "places": receipt.places,
        "verdicts": receipt.verdicts,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {**entry._asdict(), "as_of": entry.as_of.isoformat()}


def _line(entry: Entry) -> str:
    return "  " + safe_json(_compact(_entry(entry)))


def _begins(asked: Asked) -> str:
    begun = json.dumps(_head(asked), ensure_ascii=False, indent=1)
    return f'{safe_json(begun)[:-2]},\n "entries": '


def _ends(receipt: Receipt) -> str:
    ended = json.dumps({**_tail(receipt), "sha256": receipt.sha256}, indent=1)
    return f",{ended[1:]}"


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
