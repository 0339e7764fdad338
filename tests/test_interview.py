import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.draft import ChangedMeanwhile, Draft
from checklist.errors import BadInput
from checklist.interview import Interview, free_id, named_by
from checklist.review import Reviewer
from checklist.rulebook import load
from checklist.subjects import CaseSubjects
from checklist.verdict import Target
from checklist.word import Word
from tests.conftest import case_of

DAY = datetime.date(2021, 6, 1)

RULES = """
- theme: test
  title: Test
- rule: adult-heard
  for_each: adult
  priority: routine
  applies: {in_household: yes}
  expects: {engages: yes}
- rule: adult-safe
  for_each: adult
  priority: immediate
  expects: {any: [{assessed: yes}, {spoken_to: yes}]}
  ask: {assessed: "Was {subject} assessed?", spoken_to: "Was {subject} spoken to?"}
- rule: gp-there
  for_each: meeting
  priority: before-conference
  expects: {invited: {includes: gp}}
  ask: {invited: "Who was invited to the {subject}?"}
- rule: child-heard
  for_each: child
  priority: before-conference
  expects: {some: {adults: {engages: yes}}}
  ask: {adults.engages: "Does each adult take part?"}
- rule: weighed
  for_each: case
  priority: routine
  judge: Was it all weighed in {subject}?
- rule: visit-made
  for_each: contact
  priority: routine
  expects: {access_gained: yes}
  ask: {access_gained: "Was access gained ({subject})?"}
"""
SAME = """
  title: The point
  theme: test
  source: A test.
  gap: There is a gap.
  why: It matters.
  close: Do it.
"""
EXAMPLES = """\
  examples:
    - {given: {}, verdict: met}
    - {given: {}, verdict: gap}
    - {given: {}, verdict: not recorded}
"""


@pytest.fixture(scope="module")
def reviewer(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    head, *rules = RULES.split("- rule:")
    path.write_text(
        head + "".join(f"- rule:{each}{SAME.lstrip(chr(10))}{EXAMPLES}" for each in rules),
        encoding="utf-8",
    )
    return Reviewer(load([path]))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "case.yaml"


@pytest.fixture
def interview_of(reviewer, path):
    def begin(text=None):
        if text is None:
            draft = Draft.new(path, "a-case", DAY)
        else:
            path.write_text(f"id: a-case\n{text}", encoding="utf-8")
            draft = Draft.open(path, DAY)
        return Interview(draft, reviewer, DAY)

    return begin


FAMILY = """\
children: []
adults: [{id: mum}, {id: dad}]
meetings: []
contacts: []
judgements: [{rule: weighed, answer: yes, reason: It was., role: manager, date: 2021-05-01}]
"""
ALONE = FAMILY.replace(", {id: dad}", "")
BOTH = FAMILY.replace("}", ", assessed: yes}", 2).replace("children: []", "children: [{id: baby}]")


def asked_in_turn(interview):
    found = []
    while interview.step is not None:
        found.append(interview.step.at)
        interview.skip()
    return found


def fail(*_):
    raise BadInput([])


def names(interview):
    return {(v.rule.id, v.subject.id): v.name for v in interview.review.verdicts}


def test_who_is_who_is_asked_first_then_what_cannot_wait(interview_of):
    interview = interview_of()
    assert interview.step.key == "children"
    interview.no_members()
    assert interview.step.key == "adults"
    assert [field.name for field in interview.step.named_by] == ["relation"]
    interview.list_member("mum", {"relation": "mother"})
    interview.all_listed()
    assert interview.step.field.name in ("assessed", "spoken_to")
    assert interview.step.priority == "immediate"
    assert interview.step.about == "mum"
    interview.say(Word("yes"))
    assert interview.step.key == "meetings"
    assert interview.step.priority == "before-conference"


def test_what_nothing_open_depends_on_is_not_asked(interview_of):
    interview = interview_of(ALONE)
    assert interview.step.at == Target("mum", "assessed")
    interview.say(Word(True))
    # an alternative that was met leaves the other without interest
    assert [at.field for at in asked_in_turn(interview)] == ["in_household", "engages"]

    interview = interview_of(ALONE.replace("{id: mum}", "{id: mum, assessed: yes}"))
    interview.say(Word(False))
    assert names(interview)["adult-heard", "mum"] == "not applicable"
    assert interview.step is None


def test_what_is_not_on_file_stays_unrecorded_and_the_alternative_is_asked(interview_of, path):
    interview = interview_of(ALONE)
    first = interview.step.at
    interview.not_on_file("health visitor's file")
    second = interview.step.at
    assert {first.field, second.field} == {"assessed", "spoken_to"}
    assert names(interview)["adult-safe", "mum"] == "not recorded"
    assert "health visitor's file" in path.read_text(encoding="utf-8")

    interview.not_on_file("health visitor's file")
    assert names(interview)["adult-safe", "mum"] == "not recorded"
    assert interview.step.at == Target("mum", "in_household")


def test_what_was_looked_for_is_not_asked_again_on_another_day_but_what_was_skipped_is(
    interview_of, path, reviewer
):
    interview = interview_of(ALONE)
    interview.not_on_file("child's file")
    skipped = interview.step.at
    interview.skip()
    assert interview.step.at == Target("mum", "in_household")

    again = Interview(Draft.open(path, DAY), reviewer, DAY)
    assert again.step.at == skipped


def test_going_back_restores_file_and_question(interview_of, path):
    interview = interview_of(FAMILY)
    steps, texts = [], []
    while interview.step is not None:
        steps.append((interview.step.at, interview.progress))
        texts.append(path.read_text(encoding="utf-8"))
        if interview.step.judged is None:
            interview.not_on_file("child's file")
        else:
            interview.skip()
    while steps:
        assert interview.back()
        assert (interview.step.at, interview.progress) == steps.pop()
        assert path.read_text(encoding="utf-8") == texts.pop()
    assert not interview.back()


def test_one_answer_can_serve_all_of_whom_the_same_is_asked(interview_of):
    text = FAMILY.replace("children: []", "children: [{id: baby}]")
    text = text.replace(
        "{id: mum}, {id: dad}", "{id: mum, assessed: yes}, {id: dad, assessed: yes}"
    )
    interview = interview_of(text)
    assert interview.step.question.startswith("Does each adult take part?")
    assert [each.about for each in (interview.step, *interview.step.others)] == ["dad", "mum"]
    interview.say(Word("no"), of_all=True)
    assert [each.engages[0].value for each in interview.draft.case.adults] == ["no", "no"]
    assert names(interview)["child-heard", "baby"] == "gap"
    assert interview.progress.answered == 1

    interview.back()
    interview.one_by_one()
    assert interview.step.others == ()
    first = interview.step.at
    interview.say(Word("no"))
    assert interview.step.at == Target("mum" if first.subject == "dad" else "dad", "engages")
    assert interview.step.others == ()


def test_questions_that_differ_only_in_whom_they_name_in_brackets_are_the_same(interview_of):
    visits = "contacts: [{id: one, date: 2021-05-01}, {id: two, date: 2021-05-02}]"
    interview = interview_of(
        FAMILY.replace("contacts: []", visits).replace("{id: mum}, {id: dad}", "")
    )
    assert interview.step.question == "Was access gained (contact on 1 May 2021)?"
    assert [each.at.subject for each in interview.step.others] == ["two"]


def test_a_question_that_names_a_meeting_in_its_midst_is_the_same_for_all_meetings(interview_of):
    held = "meetings: [{id: one, date: 2021-05-01}, {id: two, date: 2021-05-02}]"
    interview = interview_of(
        FAMILY.replace("meetings: []", held).replace("{id: mum}, {id: dad}", "")
    )
    assert interview.step.question == "Who was invited to the meeting on 1 May 2021?"
    assert interview.step.stem == "Who was invited to the ...?"
    assert [each.at.subject for each in interview.step.others] == ["two"]
    interview.say(Word(["gp"]), of_all=True)
    assert names(interview)["gp-there", "one"] == names(interview)["gp-there", "two"] == "met"


def test_a_question_that_names_a_person_in_its_midst_is_asked_of_each(interview_of):
    interview = interview_of(FAMILY)
    assert interview.step.question == "Was dad assessed?"
    assert interview.step.stem == "Was dad assessed?"
    assert interview.step.others == ()


def test_all_of_whom_the_same_is_asked_can_be_not_on_file_or_skipped(interview_of):
    text = FAMILY.replace("children: []", "children: [{id: baby}]")
    text = text.replace(
        "{id: mum}, {id: dad}", "{id: mum, assessed: yes}, {id: dad, assessed: yes}"
    )
    interview = interview_of(text)
    interview.not_on_file("child's file", of_all=True)
    looked = {each.field for each in interview.draft.case.looked_for}
    assert looked == {"adults[mum].engages", "adults[dad].engages"}
    interview.back()
    interview.skip(of_all=True)
    assert interview.draft.case.looked_for == ()
    assert interview.step.at.field == "in_household"


def test_a_list_is_told_member_by_member(interview_of):
    interview = interview_of(
        ALONE.replace("meetings: []\n", "").replace("}]", ", assessed: yes}]", 1)
    )
    assert interview.step.key == "meetings"
    interview.list_member("first", {"kind": "strategy", "date": Word("2021-05-01")})
    assert interview.step.key == "meetings"  # until there are no more
    interview.list_member("second", {"kind": "marac", "date": "2021-05-02"})
    interview.all_listed()
    asked = {"strategy meeting on 1 May 2021", "MARAC meeting on 2 May 2021"}
    assert interview.step.about in asked
    assert interview.step.at.field == "invited"
    interview.list_more("meetings")
    assert interview.step.key == "meetings"
    interview.list_member("third", {"kind": "marac"})
    interview.all_listed()
    assert [each.id for each in interview.draft.case.meetings] == ["first", "second", "third"]
    for _ in range(3):
        interview.back()
    assert interview.draft.case.meetings is None


def test_another_agency_can_say_otherwise(interview_of):
    interview = interview_of(ALONE.replace("{id: mum}", "{id: mum, spoken_to: no}"))
    at = interview.step.at
    interview.say(Word("no", "gp", "letter"))
    interview.add_word(at, Word("yes", "police"))
    assert names(interview)["adult-safe", "mum"] == "conflicting"
    interview.back()
    assert names(interview)["adult-safe", "mum"] == "gap"


def test_a_gap_can_be_accepted(interview_of):
    interview = interview_of(ALONE)
    interview.say(Word("no"))
    interview.say(Word("no"))
    gap = next(each for each in interview.review.verdicts if each.name == "gap")
    interview.accept(gap, reason="She is away.", role="manager", review=DAY)
    accepted = next(each for each in interview.review.verdicts if each.name == "gap").accepted
    assert accepted.reason == "She is away."


def test_a_point_does_not_apply_only_where_the_record_leaves_that_open(interview_of):
    interview = interview_of(ALONE.replace("{id: mum}", "{id: mum, assessed: yes}"))
    assert interview.step.at == Target("mum", "in_household")
    (waived,) = interview.step.waived
    interview.does_not_apply([waived], reason="She lives elsewhere.", role="social worker")
    assert names(interview)["adult-heard", "mum"] == "not applicable"
    assert interview.step is None

    interview = interview_of(
        ALONE.replace("{id: mum}", "{id: mum, assessed: yes, in_household: yes}")
    )
    assert interview.step.at == Target("mum", "engages")
    assert interview.step.waived == ()


def test_a_judgement_is_asked_for_in_the_rules_own_words(interview_of):
    interview = interview_of("children: []\nadults: []\nmeetings: []\ncontacts: []\n")
    assert interview.step.judged.id == "weighed"
    assert interview.step.question == "Was it all weighed in the case?"
    interview.judge("no", reason="Nobody did.", role="manager", agency="gp")
    assert names(interview)["weighed", "a-case"] == "gap"
    assert interview.step is None
    with pytest.raises(ValueError, match="nothing left"):
        interview.skip()


@pytest.mark.parametrize(
    "answer",
    [
        lambda interview: interview.say(Word("yes")),
        lambda interview: interview.say(Word("no"), of_all=True),
        lambda interview: interview.not_on_file("child's file"),
        lambda interview: interview.skip(),
        lambda interview: interview.back(),
        lambda interview: interview.add_word(Target("dad", "assessed"), Word("no", "gp")),
    ],
)
def test_what_cannot_be_saved_is_as_if_it_had_not_been_said(
    answer, interview_of, path, monkeypatch
):
    interview = interview_of(FAMILY)
    interview.skip()
    step, progress, text = interview.step, interview.progress, interview.draft.snapshot()

    with monkeypatch.context() as patched:
        patched.setattr(Draft, "save", fail)
        with pytest.raises(BadInput):
            answer(interview)
    assert (interview.step.at, interview.progress) == (step.at, progress)
    assert interview.draft.snapshot() == text
    interview.say(Word("yes"))
    assert interview.step.at != step.at


def test_a_list_that_cannot_be_saved_is_asked_for_again(interview_of, monkeypatch):
    interview = interview_of("children: []\n")
    assert interview.step.key == "adults"
    with monkeypatch.context() as patched:
        patched.setattr(Draft, "save", fail)
        with pytest.raises(BadInput):
            interview.list_member("mum", {})
    assert interview.step.key == "adults"
    assert interview.draft.case.adults is None
    assert not interview.back()


def test_a_file_that_somebody_else_changed_is_left_alone(interview_of, path):
    interview = interview_of(FAMILY)
    theirs = path.read_text(encoding="utf-8") + "# mine\n"
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(ChangedMeanwhile) as caught:
        interview.say(Word("yes"))
    assert "# mine" in caught.value.diff
    assert path.read_text(encoding="utf-8") == theirs


ANSWERS = st.lists(st.sampled_from(["yes", "no", "not on file", "skip", "none"]), min_size=40)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, back=st.integers(0, 40))
def test_nothing_is_asked_twice_or_that_the_record_answers(answers, back, reviewer, tmp_path):
    path = tmp_path / "case.yaml"
    path.unlink(missing_ok=True)
    interview = Interview(Draft.new(path, "a-case", DAY), reviewer, DAY)
    asked, skipped = [], []
    for answer in answers:
        step = interview.step
        if step is None:
            break
        assert step.at not in asked
        asked.append(step.at)
        if step.field is not None:
            assert not interview.subject(step.at.subject).values(step.at.field)
        if step.key is not None:
            assert getattr(interview.draft.case, step.key) is None
        assert step.waiting
        if answer == "skip" or (step.judged and answer not in ("yes", "no")):
            skipped.append(step.at)
            interview.skip()
        elif answer == "not on file":
            interview.not_on_file("child's file")
        elif step.key is not None:
            if answer == "none":
                interview.no_members()
            else:
                interview.list_member(free_id(step.key, {}, interview.subjects), {})
                interview.all_listed()
        elif step.judged is not None:
            interview.judge(answer, reason="So it is.", role="manager")
        elif step.field.kind == "codes":
            interview.say(Word(["gp"] if answer == "yes" else []))
        else:
            interview.say(Word("yes" if answer == "yes" else "no"))
    if interview.step is None:
        # it stays so in an interview begun anew, but for what was skipped
        again = Interview(Draft.open(path, DAY), reviewer, DAY) if path.exists() else interview
        assert again.step is None or again.step.at in skipped
    for _ in range(min(back, len(asked))):
        if interview.back():
            assert interview.step is not None


def test_members_of_lists_get_ids_of_what_tells_them_apart():
    case = case_of("meetings: [{id: strategy-2021-05-01, kind: strategy}]\nadults: []")
    subjects = CaseSubjects(case, DAY)
    day = datetime.date(2021, 5, 1)
    assert free_id("meetings", {"kind": "strategy", "date": day}, subjects) == (
        "strategy-2021-05-01-2"
    )
    assert free_id("adults", {"relation": "mother"}, subjects) == "mother"
    assert free_id("adults", {}, subjects) == "adult"
    assert free_id("plans", {"kind": "child_protection", "started": day}, subjects) == (
        "child_protection-2021-05-01"
    )


def test_members_of_lists_are_named_by_what_people_know_them_by():
    assert named_by("meetings") == ("kind", "date")
    assert named_by("plans") == ("kind", "started")
    assert named_by("children") == ("born", "expected")
    assert named_by("agencies") == ()
