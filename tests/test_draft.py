import datetime
import json
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.case_file import case_from, read_cases
from checklist.draft import ChangedMeanwhile, Draft
from checklist.errors import BadInput
from checklist.record import Case
from checklist.rulebook import worked_cases
from checklist.source import parse_yaml
from checklist.verdict import Target
from checklist.word import Word

DAY = datetime.date(2021, 2, 8)

FILE = """\
# A made-up family.
id: family-1
source: {agency: childrens_social_care, where: child's file}

# who is who
children:
  - {id: baby, born: 2020-11-20, mother: mum, father: dad}   # the youngest
adults:
  - id: mum
    relation: mother
  - id: dad
    assessed: no   # asked in January
    spoken_to:
      - {value: no, where: "visit: 3 Feb"}
      - value: yes
        agency: health_visiting
    interpreters_used: [family_member]
    source: {agency: gp, where: letter, date: 2021-01-04}
meetings:
  - kind: strategy
    date: 2021-02-08
  - {kind: strategy, date: 2021-02-08, invited: [ gp,  police ]}
  - kind: marac
agencies:
  - id: marac
    involved: yes
plans: []
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def draft(path):
    return Draft.open(path)


def refusal(call, *arguments, **named):
    with pytest.raises(BadInput) as caught:
        call(*arguments, **named)
    (fault,) = caught.value.faults
    return fault.sentence()


def added(draft):
    """Return the lines that stand in the draft and did not in the file, and those that are gone."""
    old, new = FILE.splitlines(), draft.snapshot().splitlines()
    return [line for line in new if line not in old], [line for line in old if line not in new]


def said_of(entity, field):
    return [tuple(word)[:4] for word in getattr(entity, field)]


# -- what is said -------------------------------------------------------------------------------


def test_a_word_of_the_files_own_source_is_written_plain(draft):
    draft.say(Target("mum", "spoken_to"), [Word(True, "childrens_social_care", "child's file")])
    assert added(draft) == (["    spoken_to: yes"], [])
    draft.say(Target("dad", "assessed"), [Word(True, "gp", "letter", datetime.date(2021, 1, 4))])
    assert added(draft)[0][1:] == ["    assessed: yes   # asked in January"]


def test_another_agencys_word_is_written_with_where_it_stands(draft):
    draft.say(Target("mum", "born"), [Word(DAY, "gp", "letter, 3 Feb", DAY)])
    line = '    born: {value: 2021-02-08, agency: gp, where: "letter, 3 Feb", date: 2021-02-08}'
    assert added(draft) == ([line], [])
    assert said_of(draft.case.adults[0], "born") == [(DAY, "gp", "letter, 3 Feb", DAY)]
    # the source has a day, and the word has none
    draft.say(Target("dad", "assessed"), [Word("yes", "gp", "letter")])
    assert said_of(draft.case.adults[1], "assessed") == [("yes", "gp", "letter", None)]


def test_words_take_the_place_of_all_that_was_said_or_none_do(draft):
    words = [Word(False, "police"), Word(True, "gp", date=DAY)]
    draft.say(Target("dad", "spoken_to"), words)
    assert said_of(draft.case.adults[1], "spoken_to") == [
        ("no", "police", None, None),
        ("yes", "gp", None, DAY),
    ]
    draft.say(Target("dad", "spoken_to"), [])
    assert draft.case.adults[1].spoken_to == ()
    assert added(draft)[0] == []
    draft.say(Target("dad", "spoken_to"), [])
    assert added(draft)[0] == []


def test_a_second_word_stands_beside_the_first(draft):
    draft.add_word(Target("dad", "spoken_to"), Word(True, "police"))
    assert added(draft) == (["      - {value: yes, agency: police}"], [])
    draft.add_word(Target("mum", "spoken_to"), Word(True, "police"))
    assert added(draft)[0][0] == "    spoken_to: {value: yes, agency: police}"
    draft.add_word(Target("mum", "spoken_to"), Word(False, "gp"))
    assert said_of(draft.case.adults[0], "spoken_to") == [
        ("yes", "police", None, None),
        ("no", "gp", None, None),
    ]
    draft.add_word(Target("dad", "assessed"), Word(True, "police"))
    assert said_of(draft.case.adults[1], "assessed") == [
        ("no", None, None, None),
        ("yes", "police", None, None),
    ]


def test_a_list_is_one_word_where_the_field_holds_lists(draft):
    draft.add_word(Target("dad", "interpreters_used"), Word([], "gp"))
    draft.add_word(Target("dad", "interpreters_used"), Word({"professional"}, "police"))
    assert [set(word.value) for word in draft.case.adults[1].interpreters_used] == [
        {"family_member"},
        set(),
        {"professional"},
    ]
    draft.say(Target("family-1", "concerns"), [Word([])])
    assert said_of(draft.case, "concerns") == [(frozenset(), None, None, None)]


def test_words_are_found_in_a_list_of_plain_ones(path):
    path.write_text(FILE.replace("assessed: no ", "assessed: [no, yes] "), encoding="utf-8")
    draft = Draft.open(path)
    draft.add_word(Target("dad", "assessed"), Word(True, "police"))
    assert [word.value for word in draft.case.adults[1].assessed] == ["no", "yes", "yes"]


def test_members_without_an_id_are_found_by_the_one_made_up_for_them(draft):
    draft.say(Target("strategy-2021-02-08", "mode"), [Word("virtual")])
    draft.say(Target("strategy-2021-02-08-2", "mode"), [Word("hybrid")])
    assert [meeting.mode and meeting.mode[0].value for meeting in draft.case.meetings] == [
        "virtual",
        "hybrid",
        (),
    ]
    assert "invited: [ gp,  police ], mode: hybrid}" in draft.snapshot()


def test_an_id_is_made_up_as_the_day_asks(path):
    path.write_text(
        FILE.replace("  - kind: marac", "  - date: {value: 2021-02-01, date: 2021-03-01}")
    )
    target = Target("meeting-2021-02-01", "mode")
    assert "there is nothing" in refusal(Draft.open(path, DAY).say, target, [Word("virtual")])
    draft = Draft.open(path)
    draft.say(target, [Word("virtual")])
    assert draft.case.meetings[2].mode[0].value == "virtual"
    draft.set_case("as_of", DAY)
    assert "there is nothing" in refusal(draft.say, target, [Word("virtual")])


def test_an_id_that_stands_in_the_file_is_meant_before_one_that_is_made_up(draft):
    draft.say(Target("marac", "information"), [Word("full")])
    assert draft.case.agencies[0].information[0].value == "full"
    draft.say(Target("marac", "mode"), [Word("virtual")])
    assert draft.case.meetings[2].mode[0].value == "virtual"


def test_a_pair_that_follows_from_the_parents_gets_an_entry_of_its_own(draft):
    draft.say(Target("dad-and-mum", "together"), [Word(True)])
    draft.say(Target("dad-and-mum", "started"), [Word(DAY)])
    assert added(draft)[0] == [
        "couples:",
        "  - people: [mum, dad]",
        "    started: 2021-02-08",
        "    together: yes",
    ]
    draft.say(Target("dad-and-mum", "started"), [])
    assert draft.case.couples[0].started == ()


def test_a_pair_has_nothing_to_take_back_before_something_is_said_of_it(draft):
    draft.say(Target("dad-and-mum", "together"), [])
    draft.add_word(Target("dad-and-mum", "together"), Word(False))
    assert draft.case.couples[0].together[0].value == "no"


def test_members_are_added_in_the_order_of_the_records_keys(draft):
    draft.add_member(
        "meetings",
        "first-conference",
        {
            "note": "At the school",
            "date": Word(DAY, "police"),
            "attended": [Word(["gp"], "gp"), Word([], "police")],
            "kind": "initial_conference",
        },
    )
    assert added(draft)[0] == [
        "  - id: first-conference",
        "    kind: initial_conference",
        "    date: {value: 2021-02-08, agency: police}",
        "    attended:",
        "      - {value: [gp], agency: gp}",
        "      - {value: [], agency: police}",
        "    note: At the school",
    ]
    draft.add_member("plans", "plan-1")
    assert draft.case.plans[0].id == "plan-1"


def test_none_is_a_record(draft):
    draft.none_of("contacts")
    draft.none_of("plans")
    assert (draft.case.contacts, draft.case.plans) == ((), ())
    assert added(draft) == (["contacts: []"], [])
    assert refusal(draft.none_of, "adults") == (
        "adults: some are listed here; a list that is not empty cannot say that there are none."
    )


def test_the_head_of_the_file_can_be_set(draft):
    draft.set_case("as_of", DAY)
    draft.set_case("source", {"agency": "gp", "where": None, "date": DAY})
    assert added(draft)[0] == ["as_of: 2021-02-08", "source: {agency: gp, date: 2021-02-08}"]
    draft.set_case("as_of", None)
    draft.set_case("about", None)
    assert draft.case.as_of is None


def test_entries_on_the_same_take_the_place_of_the_earlier(draft):
    of = {"reason": "No GP", "role": "manager"}
    review = datetime.date(2021, 9, 1)
    draft.accept("gp-invited", "strategy-2021-02-08", **of, review=review)
    draft.accept("gp-invited", "family-1", **of, review=review, date=DAY)
    draft.accept("gp-invited", "family-1", **of | {"reason": "Asked"}, review=review, date=DAY)
    assert [(each.subject, each.reason) for each in draft.case.accepted] == [
        ("strategy-2021-02-08", "No GP"),
        (None, "Asked"),
    ]
    draft.judge("heard", "baby", False, **of, date=DAY, agency="gp")
    draft.judge("heard", "baby", True, **of, date=DAY, agency="gp")
    draft.judge("heard", "baby", True, **of, date=DAY, agency="police")
    assert [(each.answer, each.agency) for each in draft.case.judgements] == [
        ("yes", "gp"),
        ("yes", "police"),
    ]
    assert "there is nothing in this record with the id babi (did you mean baby?)" in refusal(
        draft.judge, "heard", "babi", True, **of, date=DAY
    )


def test_what_was_looked_for_is_named_as_reports_name_it(draft):
    for target in [("dad", "idva"), ("family-1", "contacts"), ("strategy-2021-02-08", "mode")]:
        draft.look_for(Target(*target), where="child's file", date=DAY)
    draft.look_for(Target("dad", "idva"), where="child's file", date=datetime.date(2021, 2, 9))
    draft.look_for(Target("dad-and-mum", "together"), where="child's file", date=DAY)
    assert [(each.field, each.date.day) for each in draft.case.looked_for] == [
        ("adults[dad].idva", 9),
        ("contacts", 8),
        ("meetings[strategy-2021-02-08].mode", 8),
        ("couples[dad-and-mum].together", 8),
    ]


def test_a_word_that_a_rule_does_not_apply_has_a_reason_and_a_role(draft):
    of = {"reason": "No school yet", "role": "manager", "date": DAY}
    draft.say_not_applicable("heard", "baby", **of, agency="gp")
    draft.say_not_applicable("heard", "family-1", **of)
    assert [(each.subject, each.agency) for each in draft.case.not_applicable] == [
        ("baby", "gp"),
        (None, None),
    ]
    assert refusal(draft.say_not_applicable, "heard", "mum", **of | {"reason": " "}).startswith(
        "reason: this is blank"
    )


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "value", "sentence"),
    [
        (("baby", "born"), "2021-02-31", "born (children, item 1): 2021-02-31 is not a date: "),
        (
            ("baby", "brn"),
            "x",
            "brn (children, item 1): there is no such key here (did you mean bo",
        ),
        (
            ("bayb", "born"),
            "x",
            "there is nothing in this record with the id bayb (did you mean ba",
        ),
        (
            ("dad", "partner"),
            "mom",
            "partner (adults, item 2): there is no adult with the id mom (",
        ),
        (
            ("dad", "not_invited_reason"),
            " \n",
            "not_invited_reason: this is blank; write it out, o",
        ),
        (("dad", "not_invited_reason"), "a\x1b[1m", "not_invited_reason: this holds a character t"),
        (("dad", "not_invited_reason"), "a\r\n", "not_invited_reason: this holds a character that"),
        (
            ("dad", "not_invited_reason"),
            "\ud83d",
            "not_invited_reason: this holds a character that",
        ),
        (
            ("dad", "not_invited_reason"),
            "x" * 5001,
            "not_invited_reason (adults, item 2): this tex",
        ),
        (("dad-and-mum", "id"), "baby", "id (couples, item 1): the id baby already stands for one"),
    ],
)
def test_what_makes_no_valid_record_is_told_and_leaves_the_draft_as_it_was(
    draft, target, value, sentence
):
    case = draft.case
    assert refusal(draft.say, Target(*target), [Word(value)]).startswith(sentence)
    assert draft.snapshot() == FILE
    assert draft.case is case


def test_a_blank_place_names_the_field(draft):
    said = refusal(draft.add_word, Target("dad", "assessed"), Word(True, "gp", " "))
    assert said.startswith("where (assessed): this is blank")


def test_a_record_that_would_be_too_large_is_refused(draft):
    draft.restore(FILE + "#" * 3_999_000 + "\n")
    said = refusal(draft.add_member, "contacts", "c1", {"purpose": "x" * 1000})
    assert said == "the record would be larger than 4,000,000 bytes, the most that is accepted."


@pytest.mark.parametrize("field", ["meetings", "accepted", "judgement/heard"])
def test_what_is_not_recorded_in_words_is_no_target_of_words(draft, field):
    with pytest.raises(ValueError, match="not recorded in words"):
        draft.say(Target("family-1", field), [Word("x")])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "nothing is recorded here"),
        ("id: a\nid: b\n", "the key `id` stands here a second time"),
        ("id: &a x\nabout: *a\n", "line 1: "),
        ("id: !!python/name:os.system x\n", "line 1: "),
        (
            "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nid: *c\n",
            "line 1: ",
        ),
        ("id: " + "[" * 100 + "]" * 100, "levels deep"),
        ("id: x\n---\nid: y\n", "a second document begins here"),
        ("id: a b\n", "cannot be an id"),
    ],
)
def test_what_checklist_cannot_read_is_no_draft(path, text, sentence):
    path.write_text(text, encoding="utf-8")
    assert sentence in refusal(Draft.open, path)


def test_a_file_that_is_not_yaml_is_no_draft(tmp_path):
    path = tmp_path / "case.json"
    path.write_text('{"id": "x"}', encoding="utf-8")
    assert refusal(Draft.open, path) == (
        f"{path}: the name of a case file that is written in ends in .yaml or .yml, and this is "
        "JSON; write the record as YAML."
    )
    assert "this one does not" in refusal(Draft.new, tmp_path / "case", "x")
    (tmp_path / "a.yaml").mkdir()
    assert "this is a folder; name a case file" in refusal(Draft.open, tmp_path / "a.yaml")
    assert "this is a folder; name a case file" in refusal(Draft.open, tmp_path)
    assert "there is no such file" in refusal(Draft.open, tmp_path / "b.yaml")


def test_a_file_that_may_only_be_read_is_no_draft(path):
    path.write_text("id: x\n", encoding="utf-8")
    path.chmod(0o400)
    assert refusal(Draft.open, path) == (
        f"{path}: this file may only be read; allow writing to it, or answer in a copy."
    )
    path.chmod(0o600)
    assert Draft.open(path).case.id == "x"


# -- any text, any file -------------------------------------------------------------------------

# what a person can type or paste; \t and \n stay within a text
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t :#'\"{}[],&*!|>%@`-?~"),
    min_size=1,
).filter(str.strip) | st.sampled_from(
    ["no", "Null", "~", "007", "2021-02-31", "1_000", "- x", "a: b", "a #b", "{x", "'", "x\n\n"]
)
WORDS = st.builds(Word, TEXTS, st.sampled_from(["gp", "police"]), TEXTS, st.just(DAY) | st.none())


@given(st.lists(WORDS, min_size=1, max_size=3), WORDS, st.booleans())
def test_whatever_is_said_is_what_is_read_back_and_all_else_reads_as_before(words, more, in_flow):
    text = FILE.replace(
        "  - id: mum\n    relation: mother\n", "  - {id: mum,\n     relation: mother}\n"
    )
    draft = Draft(Path("case.yaml"), text if in_flow else FILE, None, DAY)
    before = parse_yaml(FILE, "")
    target = Target("mum", "not_invited_reason")
    draft.say(target, words)
    draft.add_word(target, more)
    tree = parse_yaml(draft.snapshot(), "")
    expected = [
        (word.value.strip(), word.agency, word.where.strip(), word.date) for word in [*words, more]
    ]
    assert said_of(case_from(tree).adults[0], "not_invited_reason") == expected
    assert said_of(draft.case.adults[0], "not_invited_reason") == expected
    del tree["adults"][0]["not_invited_reason"]
    assert tree == before
    assert "# asked in January" in draft.snapshot()
    draft.say(target, [])
    assert parse_yaml(draft.snapshot(), "") == before


@pytest.mark.parametrize("path", sorted(worked_cases().rglob("*.yaml")), ids=lambda path: path.stem)
def test_a_worked_case_changes_in_the_lines_of_the_change_alone(path):
    text = path.read_text(encoding="utf-8")
    draft = Draft.open(path)
    draft.add_member("contacts", "new-contact", {"date": DAY})
    people = [*(draft.case.children or ()), *(draft.case.adults or ())]
    # what a record says already takes more lines than one
    for person in [each for each in people if not each.exploitation_considered]:
        draft.say(Target(person.id, "exploitation_considered"), [Word("no", "police", "call")])
    old, new = text.splitlines(), draft.snapshot().splitlines()
    ours = ("exploitation_considered:", "new-contact", f"date: {DAY}")
    kept = [line for line in old if not any(each in line for each in ours)]
    assert [line for line in new if not any(each in line for each in ours)] == kept


# -- new files, and going back ------------------------------------------------------------------


def test_a_new_file_says_what_it_is(tmp_path):
    path = tmp_path / "new.yaml"
    draft = Draft.new(path, "family-1")
    assert not path.exists()
    draft.save()
    assert path.read_text(encoding="utf-8") == (
        "# A case record for checklist. Pseudonyms only: no names, addresses or official numbers.\n"
        '# Leave out what nobody recorded: a key that is not here says nothing, and never "no".\n'
        "\n"
        "id: family-1\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_file_must_be_one_that_can_be_made(path, tmp_path):
    assert refusal(Draft.new, path, "x") == (
        f"{path}: there is a file of this name already; open it instead."
    )
    assert "there is no such folder; make it first" in refusal(
        Draft.new, tmp_path / "no" / "x.yaml", "x"
    )
    assert refusal(Draft.new, tmp_path / "x.yaml", "Jo Smith").startswith(
        'id: "Jo Smith" cannot be an id; use a pseudonym'
    )


def test_a_draft_can_go_back(draft, path):
    before = draft.snapshot()
    draft.say(Target("baby", "born"), [])
    draft.save()
    draft.restore(before)
    assert draft.case.children[0].born[0].value == datetime.date(2020, 11, 20)
    draft.save()
    assert path.read_text(encoding="utf-8") == FILE


# -- saving -------------------------------------------------------------------------------------


def test_what_was_not_changed_is_saved_to_the_byte(path):
    for raw in (FILE.encode(), b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode(), b"id: x"):
        path.write_bytes(raw)
        draft = Draft.open(path)
        draft.save()
        draft.set_case("as_of", DAY)
        draft.save()
        draft.set_case("as_of", None)
        draft.save()
        assert path.read_bytes().rstrip() == raw.rstrip()


def test_the_mode_is_the_owners_alone_and_a_link_stays(draft, path):
    path.chmod(0o644)
    draft.set_case("as_of", DAY)
    draft.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    path.chmod(0o640)
    linked = Draft.open(link)
    linked.set_case("as_of", None)
    linked.save()
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_somebody_else_changed_is_not_overwritten(draft, path):
    draft.say(Target("dad", "assessed"), [Word(True)])
    draft.save()
    theirs = path.read_text(encoding="utf-8").replace("born: 2020", "born: 2019")
    path.write_text(theirs, encoding="utf-8")
    draft.say(Target("dad", "assessed"), [Word(False)])
    with pytest.raises(ChangedMeanwhile) as caught:
        draft.save()
    assert str(caught.value) == (
        f"{path}: somebody else changed the file since it was read; it has not been overwritten."
    )
    assert [line for line in caught.value.diff.splitlines() if line[0] in "+-"] == [
        "--- theirs: the file as it now stands",
        "+++ ours: as it would be saved",
        "-  - {id: baby, born: 2019-11-20, mother: mum, father: dad}   # the youngest",
        "+  - {id: baby, born: 2020-11-20, mother: mum, father: dad}   # the youngest",
        "-    assessed: yes   # asked in January",
        "+    assessed: no   # asked in January",
    ]
    assert path.read_text(encoding="utf-8") == theirs
    assert [each.name for each in path.parent.iterdir()] == ["case.yaml"]


def test_a_file_that_changed_is_told_even_where_nothing_was_said(draft, path):
    path.write_bytes(b"\xff")
    with pytest.raises(ChangedMeanwhile) as caught:
        draft.save()
    assert "-\ufffd" in caught.value.diff


def test_a_file_that_was_removed_is_not_made_again(draft, path):
    path.unlink()
    with pytest.raises(ChangedMeanwhile, match="the file was removed or renamed since it was read"):
        draft.save()
    assert not path.exists()


def test_a_file_that_somebody_made_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "new.yaml"
    draft = Draft.new(path, "family-1")
    path.write_text("id: theirs\n", encoding="utf-8")
    with pytest.raises(ChangedMeanwhile, match="somebody made a file of this name meanwhile"):
        draft.save()
    assert path.read_text(encoding="utf-8") == "id: theirs\n"


def test_a_full_disk_leaves_the_old_file_whole(draft, path):
    draft.add_member("contacts", "c1", {"purpose": "x" * 4000})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        said = refusal(draft.save)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert said == f"{path}: the file cannot be written (File too large)."
    assert path.read_text(encoding="utf-8") == FILE
    assert [each.name for each in path.parent.iterdir()] == ["case.yaml"]
    draft.save()
    assert Draft.open(path).case == draft.case


def test_a_folder_that_went_away_is_told(tmp_path):
    (tmp_path / "in").mkdir()
    draft = Draft.new(tmp_path / "in" / "new.yaml", "family-1")
    (tmp_path / "in").rmdir()
    assert "there is no such folder" in refusal(draft.save)


def test_a_save_that_was_interrupted_after_it_was_done_is_no_change_by_others(draft, monkeypatch):
    draft.set_case("as_of", DAY)
    move = Path.replace

    def moved_and_interrupted(self, other):
        move(self, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", moved_and_interrupted)
    with pytest.raises(KeyboardInterrupt):
        draft.save()
    monkeypatch.undo()
    draft.save()
    assert Draft.open(draft.path).case.as_of == DAY


def test_a_process_killed_at_any_moment_loses_at_most_its_last_answer(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.killed", tmp_path, "200"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    runs = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(runs) == 200
    for run in runs:
        assert run["kept"] == [f"c{number + 1}" for number in range(len(run["kept"]))]
        # a save that was done and not yet reported may be there
        assert len(run["kept"]) - run["said"] in (0, 1), run
        assert all(name.startswith(".checklist-") and "." not in name[1:] for name in run["left"])
    assert len({run["said"] for run in runs}) > 3  # it is killed early and late
    assert any(run["left"] for run in runs)  # and while it writes


def test_what_a_killed_process_left_is_gone_when_the_file_is_opened_again(path):
    left = path.with_name(".checklist-abc")
    left.write_text(FILE, encoding="utf-8")
    os.utime(left, (1, 1))
    assert [type(read.case) for read in read_cases([path.parent])] == [Case]
    Draft.open(path)
    assert not left.exists()


def test_a_field_can_have_the_name_of_a_list_of_the_case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("id: a\nchildren: [{id: baby}]\nplans: [{id: p}]\n", encoding="utf-8")
    draft = Draft.open(path)
    draft.say(Target("p", "children"), [Word(["baby"])])
    assert draft.case.plans[0].children[0].value == {"baby"}
    with pytest.raises(ValueError, match="not recorded in words"):
        draft.say(Target("a", "children"), [Word(["baby"])])
