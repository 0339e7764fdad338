import gzip

import pytest

from checklist.case_file import read, read_cases
from checklist.documents import bytes_of, documents
from checklist.errors import BadInput
from checklist.source import MOST_BYTES

GOOD = b'{"id": "a"}'


def test_each_line_is_a_document_and_one_that_is_too_long_stops_no_other(tmp_path):
    path = tmp_path / "a.jsonl"
    long = b'"' + b"a" * 5_000_000 + b'"'
    bad = b'{"about": "caf\xe9"}'
    path.write_bytes(
        b"\n".join([b"\xef\xbb\xbf" + GOOD, b"", long, bad, b"  ", GOOD + b"\r", GOOD])
    )
    found = [*documents([path])]
    assert [each.line for each in found] == [1, 3, 4, 6, 7]
    assert {each.form for each in found} == {"json line"}
    assert [each.content for each in found[3:]] == [GOOD] * 2
    told = [str(each.case) for each in map(read, found) if isinstance(each.case, BadInput)]
    assert told == [
        f"{path}, line 3: this line is longer than 4,000,000 bytes, the most that is accepted.",
        f"{path}, line 4: this is not UTF-8 text; save the file again with the encoding UTF-8.",
    ]


def test_a_long_last_line_ends_with_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"a" * (2 * MOST_BYTES + 1))
    (found,) = documents([path])
    assert found.line == 1
    assert isinstance(found.content, BadInput)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", GOOD + b"\n" + GOOD.replace(b"a", b"b")),
        ("a.NDJSON.GZ", GOOD + b"\n" + GOOD.replace(b"a", b"b")),
        ("a.json.gz", GOOD),
        ("a.yaml.gz", b"id: a"),
    ],
)
def test_a_compressed_file_is_read_like_any_other(tmp_path, name, content):
    (tmp_path / name).write_bytes(gzip.compress(content))
    (tmp_path / "notes.gz").write_bytes(gzip.compress(b"no case"))
    for path in (tmp_path / name, tmp_path):
        found = [each.case.id for each in read_cases([path])]
        assert found == ["a", "b"][: content.count(b"\n") + 1]


@pytest.mark.parametrize("cut", [0, 10, 1_000])
def test_a_compressed_file_that_is_not_whole_is_told_and_what_came_before_is_read(tmp_path, cut):
    lines = b"".join(b'{"id": "case-%d"}\n' % number for number in range(5_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-cut] if cut else b"no gzip at all")
    *before, last = documents([path])
    assert str(last.content) == (
        f"{path}: the file is not whole: it is no gzip, or was cut short; make it again."
    )
    assert all(isinstance(each.content, bytes) for each in before)


def test_a_bomb_of_gzip_is_read_no_further_than_a_line_may_be_long(tmp_path):
    path = tmp_path / "a.yaml.gz"
    path.write_bytes(gzip.compress(b"a" * (3 * MOST_BYTES)))
    (found,) = documents([path])
    assert "larger than 4,000,000 bytes" in str(found.content)


def test_the_bytes_of_files_and_folders_are_added_up(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"id: a")
    (tmp_path / "b.jsonl").write_bytes(GOOD)
    assert bytes_of([tmp_path, tmp_path / "a.yaml", tmp_path / "missing.yaml"]) == 5 + 11 + 5


def test_the_bytes_of_what_is_compressed_are_not_known(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"id: a")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(GOOD))
    assert bytes_of([tmp_path]) is None
