import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from checklist.errors import BadInput, one_of
from checklist.examples import check_records
from checklist.item_reader import MOST_CONDITIONS
from checklist.rulebook import Rulebook, load, standard_rules
from checklist.vocabulary import collections, subject_kinds

BAD = Path(__file__).parent / "bad" / "rules"
AT_HAND = [
    standard_rules() / name
    for name in (
        "themes.yaml",
        "terms/neglect-is-a-feature.yaml",
        "audits/wakefield-babies-2021.yaml",
    )
]

# what a person reads who wrote such a file; <...> stands for lists of the case record's own words
SENTENCES = {
    "answered-by-somebody-else": (
        'FILE, line 9: answered_by: "bord" is not one of its values (did you mean board?); '
        "they are case, cohort, board."
    ),
    "answered-by-without-brackets": (
        "FILE, line 9: answered_by: needs a list of one or more of case, cohort, board."
    ),
    "board-point-without-a-question": (
        "FILE, line 6: question: a learning point for a cohort or a board needs this key (the"
        " question to put to a cohort or a board)."
    ),
    "cases-below-nothing": ("FILE, line 5: cases: needs a whole number from 0 up."),
    "cases-in-words": (
        'FILE, line 5: cases: "six" is not a whole number; write digits and nothing else, '
        "such as 12."
    ),
    "cohort-point-without-a-screening": (
        "FILE, line 6: screening: a learning point for a cohort or a board needs this key "
        "(what a screening of case records can and cannot say about that question)."
    ),
    "count-above-of": ("FILE, line 12: count: is 7, and cannot be above `of`, 6."),
    "count-and-words": (
        "FILE, line 12: count: a published number needs either `count` or `words`, and this "
        "has both `count` and `words`."
    ),
    "found-by-a-rule-without-verdicts": (
        "FILE, line 14: verdict: needs this key beside `rule` (the verdicts of the rule that "
        "count)."
    ),
    "found-by-an-unknown-field": (
        "FILE, line 14: concern: is neither a field of a case nor a term (did you mean "
        "concerns?); the fields are <case_fields>."
    ),
    "found-by-an-unknown-rule": (
        "FILE, line 14: rule: there is no rule gp-invitd (did you mean gp-invited?)."
    ),
    "found-by-an-unknown-verdict": (
        'FILE, line 14: verdict: "gapp" is not one of its values (did you mean gap?); they '
        "are met, gap, due, conflicting, not recorded, not applicable, could not be judged."
    ),
    "found-by-every-of-a-condition": (
        "FILE, line 16: every: belongs to `rule`, and here is `when`."
    ),
    "found-by-nothing": (
        "FILE, line 14: found_by: needs either `when`, a condition on a case, or `rule` with "
        "`verdict`."
    ),
    "found-by-text": (
        "FILE, line 14: found_by: needs keys and values; the keys are when, rule, verdict, every."
    ),
    "month-that-is-none": (
        'FILE, line 4: month: "January 2022" is not a month; write it as YYYY-MM, such as 2021-02.'
    ),
    "neither-count-nor-words": (
        "FILE, line 9: count: a published number needs either `count` or `words`, and this "
        "has neither."
    ),
    "of-above-cases": ("FILE, line 13: of: is 8, and cannot be above `cases`, 6."),
    "published-for-an-unknown-point": (
        "FILE, line 10: points: this audit has no learning point Z11 (did you mean Z1?)."
    ),
    "published-for-no-point": (
        "FILE, line 10: points: names no learning point; name at least one of this audit's."
    ),
    "published-number-twice": (
        "FILE, line 14: number: there is already a number one-thing, on line 9; keep one."
    ),
    "published-number-with-a-bad-id": (
        'FILE, line 9: number: "One thing" cannot be an id; write at most 60 characters, '
        "lower-case words joined by hyphens."
    ),
    "repeats-above-cases": ("FILE, line 6: repeats: is 7, and cannot be above `cases`, 6."),
    "rule-learned-from-nothing": (
        "FILE, line 1: learned_from: a rule needs this key with at least one learning point, "
        "or `source` with what else it was taken from, such as statutory guidance and its "
        "section."
    ),
    "rule-with-a-blank-source": ("FILE, line 15: source: is blank; write it out."),
    "selection-by-an-unknown-field": (
        "FILE, line 7: concern: is neither a field of a case nor a term (did you mean "
        "concerns?); the fields are <case_fields>."
    ),
    "selection-that-is-text": (
        "FILE, line 5: selection: needs keys and values; the keys are says, qualifies, repeat."
    ),
    "selection-without-a-condition": (
        "FILE, line 5: qualifies: a selection needs this key (the same as a condition on a case)."
    ),
    "strength-neither-yes-nor-no": ("FILE, line 9: strength: can be `yes` or `no`."),
    "unknown-word-for-a-number": (
        'FILE, line 13: words: "mst" is not one of its values (did you mean most?); they are '
        "all, all_but_one, most, majority, few, a_number, some."
    ),
    "a-list-without-a-test": (
        "FILE, line 6: kind: a list needs a test before it: write {in: [strategy, core_group]}."
    ),
    "a-value-without-a-test": (
        "FILE, line 6: invited: holds several values of a list and needs a test: write "
        "{includes: gp}."
    ),
    "any-without-a-list": "FILE, line 6: any: needs a list of conditions, each after a dash.",
    "ask-for-a-field-not-read": (
        "FILE, line 12: ask: invite: nothing here asks about it (did you mean invited?); a "
        "question can stand under invited, meetings."
    ),
    "ask-that-is-text": (
        "FILE, line 11: ask: needs questions, each after the field it settles, such as `date:"
        " When was it?`."
    ),
    "ask-without-a-question": "FILE, line 12: ask: invited: needs a question.",
    "bad-deadline": (
        "FILE, line 7: by: a meeting has no date called `next_conference`; write "
        "case.next_conference."
    ),
    "bad-for-each": (
        'FILE, line 4: for_each: "meetings" is not one of its values (did you mean meeting?);'
        " they are <subjects>."
    ),
    "bad-id": (
        'FILE, line 1: rule: "A Rule" cannot be an id; write at most 60 characters, '
        "lower-case words joined by hyphens."
    ),
    "bad-priority": (
        'FILE, line 7: priority: "before_conference" is not one of its values (did you mean '
        "before-conference?); they are immediate, before-conference, routine."
    ),
    "brace-without-partner": (
        "FILE, line 8: gap: has a brace without a partner; write {subject} or {field}, or "
        "leave it out."
    ),
    "braces-where-nothing-is-filled-in": (
        "FILE, line 2: title: is shown as it stands: only gap, due, met, close, judge and "
        "ask can hold braces."
    ),
    "collection-used-as-field": (
        "FILE, line 6: meetings: is a list: ask it of some or of every member, such as `some:"
        " {meetings: {kind: strategy}}`."
    ),
    "collection-without-a-condition": (
        "FILE, line 7: tools: needs a condition on each tool beside `where`, such as `tool: gcp2`."
    ),
    "condition-that-is-a-list": (
        "FILE, line 6: expects: is a list of conditions; put `all:` or `any:` over the list."
    ),
    "condition-that-is-text": (
        "FILE, line 5: expects: needs at least one condition, such as `kind: strategy`."
    ),
    "date-without-a-day": (
        "FILE, line 6: date: needs one of its dates (date, reports_shared_on), a day such as "
        "2021-02-28, or as_of, not a list."
    ),
    "day-that-does-not-exist": (
        "FILE, line 6: date: 2021-02-31 is not a date: February 2021 has 28 days."
    ),
    "deadline-on-either-side": (
        "FILE, line 7: by: needs `after` or `before`, not `of`: a deadline is one day."
    ),
    "duplicate-id": (
        "FILE, line 16: rule: there is already a rule a-rule, in FILE, line 1; give this one "
        "an id of its own."
    ),
    "duplicate-term": (
        "FILE, line 7: term: there is already a term large_meeting, in FILE, line 1; give "
        "this one an id of its own."
    ),
    "empty-condition": (
        "FILE, line 5: expects: needs at least one condition, such as `kind: strategy`."
    ),
    "empty-file": "FILE: there is nothing in this file.",
    "empty-way": "FILE, line 7: any: needs a condition beside `way`, such as `kind: strategy`.",
    "example-on-no-day": (
        'FILE, line 12: as_of: "1 June" is not a date; write it as YYYY-MM-DD, such as 2021-02-28.'
    ),
    "example-that-is-text": "FILE, line 13: examples: an example needs `given` and `verdict`.",
    "example-with-a-fault-in-its-record": (
        "FILE, line 13: invitd (meetings, item 1): there is no such key here (did you mean "
        "invited?)."
    ),
    "example-without-a-record": (
        "FILE, line 12: given: an example needs this key (a part of a case record)."
    ),
    "field-of-a-list": (
        "FILE, line 6: state: is neither a field of a case nor a term; write `some: "
        "{assessments: {state: ...}}` or `some: {tools: {state: ...}}`."
    ),
    "field-of-another-subject": (
        "FILE, line 6: assessed: is neither a field of a child nor a term; write "
        "mother.assessed or father.assessed."
    ),
    "id-that-is-a-list": "FILE, line 1: rule: needs text, not a list.",
    "in-without-a-list": (
        "FILE, line 6: kind: `in` needs a list of 1 to 60 values, such as {in: [strategy]}."
    ),
    "includes-a-pseudonym": (
        'FILE, line 7: protects: `includes` can name this_child here, not "baby".'
    ),
    "includes-no-agency": (
        "FILE, line 6: invited: `includes` means the agency that is looked at, and here there is "
        "none; write `for_each: agency`, or put it under `every: {agencies: ...}`."
    ),
    "includes-an-agency-among-interpreters": (
        'FILE, line 6: interpreters_used: "this_agency" is not one of its values; they are '
        "professional, family_member."
    ),
    "includes-nobody": (
        "FILE, line 7: protects: `includes` means the child, adult or family member that is "
        "looked at, and here there is none; write `for_each: child`, or put it under `every: "
        "{children: ...}`."
    ),
    "includes-nothing": (
        "FILE, line 6: invited: `includes` needs at least one value; they are <agencies>."
    ),
    "learned-from-without-brackets": "FILE, line 4: learned_from: needs a list, such as [C13].",
    "learning-point-twice": (
        "FILE, line 7: point: there is already a learning point Z1, in FILE, line 6; keep one."
    ),
    "learning-point-without-a-section": (
        "FILE, line 6: section: a learning point needs this key (the section of the published"
        " summary it comes from)."
    ),
    "missing-key": "FILE, line 1: why: a rule needs this key (why it matters).",
    "misspelt-key": "FILE, line 2: tittle: there is no such key in a rule (did you mean title?).",
    "neither-rule-nor-term": (
        "FILE, line 1: this is no item of a rulebook (did you mean rule?); begin it with "
        "`rule:`, `term:`, `query:`, `setting:`, `timescale:`, `theme:` or `audit:`."
    ),
    "no-example-at-all": (
        "FILE, line 11: examples: none has the verdict met, gap or not recorded; a rule needs"
        " at least one each for met, gap and not recorded."
    ),
    "no-example-for-gap": (
        "FILE, line 11: examples: none has the verdict gap; a rule needs at least one each "
        "for met, gap and not recorded."
    ),
    "nothing-to-compare-with": (
        "FILE, line 6: kind: is blank, and silence cannot be tested for; the tests are a "
        "plain value, in, recorded."
    ),
    "number-in-words": (
        'FILE, line 6: age_years: "five" is not a whole number; write digits and nothing '
        "else, such as 12."
    ),
    "number-out-of-range": "FILE, line 6: age_years: must be between -100,000 and 100,000.",
    "placeholder-with-a-form": (
        "FILE, line 8: gap: there is no {date:%d} to fill in (did you mean date?); there are "
        "subject, <fields>."
    ),
    "points-without-a-list": (
        "FILE, line 5: points: needs a list, each item after a dash, with `point`, `section` "
        "and `says`."
    ),
    "question-about-nobody-yet": (
        "FILE, line 12: ask: meetings: is asked where there is no meeting yet: leave the "
        "braces out."
    ),
    "recorded-no": (
        "FILE, line 6: reason: `recorded` can only be `yes`: silence is never evidence, so no"
        " rule can ask that nothing is recorded."
    ),
    "some-without-a-list": (
        "FILE, line 6: some: needs one of the case's lists and what to ask of its members, "
        "such as `some: {tools: {tool: gcp2}}`; the lists are <lists>."
    ),
    "step-through-a-list": (
        "FILE, line 6: tools.state: tools is a list: ask it of some or of every member, such "
        "as `some: {tools: {state: ...}}`."
    ),
    "term-about-another-subject": (
        "FILE, line 12: large_meeting: is a term about a meeting, and this is about a child."
    ),
    "term-about-the-case": (
        "FILE, line 12: known: is a term about a case, and this is about a meeting; write "
        "case.known."
    ),
    "term-example-that-gives-a-verdict": (
        "FILE, line 9: verdict: there is no such key in an example; there are given, says, "
        "subject, as_of."
    ),
    "term-example-that-says-something-else": (
        'FILE, line 8: says: "not recoreded" is not one of its values (did you mean not '
        "recorded?); they are yes, no, both, not recorded."
    ),
    "term-example-with-a-fault-in-its-record": (
        "FILE, line 6: invitd (meetings, item 1): there is no such key here (did you mean "
        "invited?)."
    ),
    "term-in-its-own-definition": (
        "FILE, line 1: large_meeting: stands in its own definition (large_meeting -> "
        "large_meeting); say what it means without it."
    ),
    "term-neither-yes-nor-no": (
        'FILE, line 12: large_meeting: is a term: it can be `yes` or `no`, not "very".'
    ),
    "term-never-shown-to-be-so-or-not": (
        "FILE, line 5: examples: none says yes or no; a term needs at least one each for yes, no "
        "and not recorded."
    ),
    "term-with-a-fault-used-twice": (
        "FILE, line 5: invitd: is neither a field of a meeting nor a term (did you mean "
        "invited?); the fields are <fields>."
    ),
    "term-with-a-name-of-the-language": (
        "FILE, line 1: term: every already means something else in a condition; give the term"
        " another name."
    ),
    "term-with-the-name-of-a-field": (
        "FILE, line 1: term: born is already a field of the case record; give the term "
        "another name."
    ),
    "term-without-examples": (
        "FILE, line 1: examples: a term needs this key (the term's own tests, at least one each "
        "for yes, no and not recorded)."
    ),
    "terms-that-define-each-other": (
        "FILE, line 1: one: stands in its own definition (one -> other -> one); say what it "
        "means without it."
    ),
    "test-that-does-not-fit-the-type": (
        "FILE, line 6: kind: holds one value of a list, which `at_least` does not fit; the "
        "tests are a plain value, in, recorded."
    ),
    "text-compared": (
        "FILE, line 6: reason: holds free text and needs a test: write {recorded: yes}."
    ),
    "text-instead-of-a-rule": (
        "FILE, line 1: this is no item of a rulebook; begin it with `rule:`, `term:`, `query:`, "
        "`setting:`, `timescale:`, `theme:` or `audit:`."
    ),
    "text-left-blank": "FILE, line 9: why: is blank; write it out.",
    "who-that-is-a-list": "FILE, line 11: who: needs text, not a list.",
    "who-with-a-name-to-fill-in": (
        "FILE, line 11: who: is shown as it stands: only gap, due, met, close, judge and ask can "
        "hold braces."
    ),
    "text-that-is-a-list": "FILE, line 10: close: needs text, not a list.",
    "unknown-collection": (
        "FILE, line 7: meetins: is not one of the case's lists (did you mean meetings?); they"
        " are <lists>."
    ),
    "unknown-date": (
        "FILE, line 6: date: a meeting has no date called `dat` (did you mean date?); write "
        "one of its dates (date, reports_shared_on), a day such as 2021-02-28, or as_of."
    ),
    "unknown-field": (
        "FILE, line 6: invitd: is neither a field of a meeting nor a term (did you mean "
        "invited?); the fields are <fields>."
    ),
    "unknown-key": (
        "FILE, line 15: severity: there is no such key in a rule; there are rule, title, "
        "theme, learned_from, source, for_each, applies, expects, judge, by, priority, gap, due, "
        "met, why, close, who, ask, examples."
    ),
    "unknown-learning-point": (
        "FILE, line 4: learned_from: there is no learning point C33 (did you mean C23?)."
    ),
    "unknown-placeholder-in-a-question": (
        "FILE, line 12: ask: invited: there is no {day} to fill in; there are subject, <fields>."
    ),
    "unknown-placeholder": (
        "FILE, line 8: gap: there is no {dat} to fill in (did you mean date?); there are "
        "subject, <fields>."
    ),
    "unknown-step": (
        "FILE, line 6: fathr.assessed: a child has no `fathr` to look at (did you mean "
        "father?); it has case, mother, father."
    ),
    "unknown-test": (
        "FILE, line 6: invited: there is no test `include` (did you mean includes?); the "
        "tests are includes, recorded."
    ),
    "unknown-theme": (
        "FILE, line 3: theme: there is no theme neglekt (did you mean neglect?); there are "
        "<themes>."
    ),
    "unknown-verdict": (
        'FILE, line 13: verdict: "gapp" is not one of its values (did you mean gap?); they '
        "are met, gap, due, conflicting, not recorded, not applicable, could not be judged."
    ),
    "value-outside-its-codes-in-a-list": (
        'FILE, line 9: kind: "core_grup" is not one of its values (did you mean core_group?);'
        " they are <meetings>."
    ),
    "value-outside-its-codes": (
        'FILE, line 6: kind: "stratgy" is not one of its values (did you mean strategy?); '
        "they are <meetings>."
    ),
    "way-with-braces": "FILE, line 7: way: is shown as it stands: leave the braces out.",
    "way-without-words": "FILE, line 7: way: must say in words how the rule is met this way.",
    "apart-on-either-side": (
        "FILE, line 6: date: needs a number of days, working_days, weeks or months, and after "
        "or before some day, such as {weeks: 6, before: as_of}, and nothing more."
    ),
    "apart-by-a-timescale": (
        "FILE, line 6: date: needs a number of days, working_days, weeks or months, and after "
        "or before some day, such as {weeks: 6, before: as_of}, and nothing more."
    ),
    "apart-without-a-day": (
        "FILE, line 6: date: needs a number of days, working_days, weeks or months, and after "
        "or before some day, such as {weeks: 6, before: as_of}."
    ),
    "within-a-misspelt-unit": (
        "FILE, line 6: date: needs a number of days, working_days, weeks or months, and of, "
        "after or before some day, such as {weeks: 6, before: as_of} (did you mean "
        "working_days?)."
    ),
    "within-less-than-nothing": (
        "FILE, line 6: date: the number of days must be between 0 and 10,000."
    ),
    "within-too-much": "FILE, line 6: date: names days and weeks; write one of them.",
    "within-without-a-day": (
        "FILE, line 6: date: needs a number of days, working_days, weeks or months, and of, "
        "after or before some day, such as {weeks: 6, before: as_of}."
    ),
    "within-without-unit": (
        "FILE, line 6: date: needs a number of days, working_days, weeks or months, and of, "
        "after or before some day, such as {weeks: 6, before: as_of}."
    ),
    "setting-for-a-day": (
        'FILE, line 10: date: "6" is not a date; write it as YYYY-MM-DD, such as 2021-02-28.'
    ),
    "setting-in-another-unit": "FILE, line 11: setting: weeks_ahead counts weeks, not months.",
    "setting-left-blank": "FILE, line 3: default: is blank; write its value.",
    "setting-out-of-range": (
        'FILE, line 3: default: "20000" is out of range; it must be between 0 and 10,000.'
    ),
    "setting-that-does-not-fit": (
        'FILE, line 10: kind: "stratgy" is not one of its values (did you mean strategy?); they '
        "are <meetings>."
    ),
    "setting-that-is-a-list": "FILE, line 3: default: needs one plain value, not a list.",
    "setting-that-is-a-word-with-a-unit": (
        "FILE, line 4: unit: only a number counts something; leave it out."
    ),
    "setting-that-is-no-code": (
        'FILE, line 3: default: "(strategy)" is not a word that a case record can hold.'
    ),
    "setting-with-a-misspelt-unit": (
        'FILE, line 4: unit: "week" is not one of its values (did you mean weeks?); they are days, '
        "working_days, weeks, months, years."
    ),
    "setting-with-something-beside-it": (
        "FILE, line 11: setting: stands alone: write {setting: NAME}, with nothing beside it."
    ),
    "setting-without-a-name": (
        "FILE, line 11: setting: needs the name of a setting; there are weeks_ahead."
    ),
    "unknown-setting": (
        "FILE, line 11: setting: there is no setting week_ahead (did you mean weeks_ahead?)."
    ),
    "unknown-setting-in-a-text": (
        "FILE, line 13: gap: there is no setting week_ahead (did you mean weeks_ahead?)."
    ),
    "duplicate-setting": (
        "FILE, line 6: setting: there is already a setting weeks_ahead, in FILE, line 1; give this "
        "one an id of its own."
    ),
    "duplicate-timescale": (
        "FILE, line 9: timescale: there is already a timescale review, in FILE, line 1; give this "
        "one an id of its own."
    ),
    "edition-from-no-day": (
        "FILE, line 5: in_force_from: 2018-02-31 is not a date: February 2018 has 28 days."
    ),
    "edition-in-a-misspelt-unit": (
        'FILE, line 7: unit: "working_day" is not one of its values (did you mean working_days?); '
        "they are days, working_days, weeks, months."
    ),
    "edition-that-allows-nothing": "FILE, line 6: number: must be between 1 and 10,000.",
    "edition-without-a-first-day": (
        "FILE, line 4: in_force_from: an edition needs this key (the first day on which it counts)."
    ),
    "edition-without-a-number": (
        'FILE, line 6: number: "soon" is not a whole number; write digits and nothing else, such '
        "as 12."
    ),
    "editions-from-the-same-day": (
        "FILE, line 10: in_force_from: two editions cannot come into force on the same day; keep "
        "one."
    ),
    "duplicate-query": (
        "FILE, line 10: query: there is already a query plan-ended-first, in FILE, line 1; give "
        "this one an id of its own."
    ),
    "query-about-an-unknown-kind": (
        'FILE, line 3: for_each: "plann" is not one of its values (did you mean plan?); they are '
        "<subjects>."
    ),
    "query-example-with-a-fault-in-its-record": (
        "FILE, line 9: startd (plans, item 1): there is no such key here (did you mean started?)."
    ),
    "query-neither-raised-nor-not": (
        'FILE, line 9: raised: "perhaps" is not one of its values; they are yes, no.'
    ),
    "query-never-shown-to-be-raised": (
        "FILE, line 7: examples: none has raised: yes; a query needs at least one each for yes and "
        "no."
    ),
    "query-on-an-unknown-field": (
        "FILE, line 4: eneded: is neither a field of a plan nor a term (did you mean ended?); the "
        "fields are <plan_fields>."
    ),
    "query-with-a-misspelt-key": (
        "FILE, line 5: sais: there is no such key in a query (did you mean says?)."
    ),
    "query-with-an-unknown-placeholder": (
        "FILE, line 6: check: there is no {startd} to fill in (did you mean started?); there are "
        "subject, <plan_fields>."
    ),
    "query-with-an-unknown-setting": (
        "FILE, line 9: setting: there is no setting week_ahead (did you mean weeks_ahead?)."
    ),
    "query-with-braces-in-its-title": (
        "FILE, line 2: title: is shown as it stands: only says and check can hold braces."
    ),
    "query-with-the-id-of-a-rule": (
        "FILE, line 16: query: there is already a rule plan-ended-first, in FILE, line 1; give "
        "this one an id of its own."
    ),
    "query-without-a-condition": (
        "FILE, line 4: when: needs at least one condition, such as `kind: child_protection`."
    ),
    "query-without-examples": (
        "FILE, line 1: examples: a query needs this key (the query's own tests, at least one "
        "raised and one not)."
    ),
    "timescale-before-a-day": (
        "FILE, line 14: date: a timescale counts `after` some day, and not before; write it such "
        "as {timescale: NAME, after: as_of}."
    ),
    "timescale-with-a-number-beside-it": (
        "FILE, line 14: date: a timescale counts `after` some day, and not weeks; write it such as "
        "{timescale: NAME, after: as_of}."
    ),
    "timescale-with-text-for-editions": (
        "FILE, line 3: editions: needs a list, each item after a dash, with `edition`, "
        "`in_force_from`, `number`, `unit` and `source`."
    ),
    "timescale-without-a-day": (
        "FILE, line 14: date: a timescale counts `after` some day; write it such as {timescale: "
        "NAME, after: as_of}."
    ),
    "timescale-without-a-name": (
        "FILE, line 14: date: needs the name of a timescale; there are review."
    ),
    "timescale-without-an-edition": "FILE, line 3: editions: needs at least one edition.",
    "unknown-timescale": (
        "FILE, line 14: date: there is no timescale reviw (did you mean review?)."
    ),
}

RULE = """\
rule: {id}
title: A point of practice
theme: neglect
for_each: meeting
expects: {expects}
priority: routine
gap: It was not done.
why: It matters.
close: Do it.
examples:
  - {{given: {{}}, verdict: met}}
  - {{given: {{}}, verdict: gap}}
  - {{given: {{}}, verdict: not recorded}}
source: A test.
"""
TERM_EXAMPLES = (
    "examples: [{given: {}, says: yes}, {given: {}, says: no}, {given: {}, says: not recorded}]\n"
)


def written(path: Path, text: str = "", **rule: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = {"id": "a-rule", "expects": "{invited: {includes: gp}}", **rule}
    path.write_text(text or RULE.format(**parts), encoding="utf-8")
    return path


def beside_ours(*paths: Path) -> Rulebook:
    return load([standard_rules(), *paths])


def faults_of(*paths: Path) -> list[str]:
    with pytest.raises(BadInput) as caught:
        beside_ours(*paths)
    return [fault.sentence() for fault in caught.value.faults]


def in_full(sentence: str, file: Path) -> str:
    kinds = subject_kinds()
    words = {
        "case_fields": kinds["case"].fields,
        "agencies": kinds["meeting"].fields["invited"].codes,
        "fields": kinds["meeting"].fields,
        "plan_fields": kinds["plan"].fields,
        "lists": collections(),
        "meetings": kinds["meeting"].fields["kind"].codes,
        "subjects": kinds,
        "themes": [one_of([theme.id for theme in load([standard_rules()]).themes])],
    }
    for name, names in words.items():
        sentence = sentence.replace(f"<{name}>", ", ".join(names))
    return sentence.replace("FILE", str(file))


# -- every fault by name -----------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_fault_is_told_in_one_sentence(file: Path) -> None:
    with pytest.raises(BadInput) as caught:
        check_records(load([file], at_hand=AT_HAND).own)
    told = [fault.sentence() for fault in caught.value.faults]
    assert told == [in_full(SENTENCES[file.stem], file)]


def test_no_promise_is_without_its_file() -> None:
    assert sorted(SENTENCES) == sorted(file.stem for file in BAD.glob("*.yaml"))


# Runs `python -m checklist rules check FILE` for each file in a process of its own. All are forked
# from one that has imported what each would import, which is most of what a start takes.
RUN_EACH = r"""
import os, runpy, sys
import checklist.cli, checklist.examples
for out, *command in (line[:-1].split("\t") for line in sys.stdin):
    child = os.fork()
    if not child:
        for stream in (1, 2):
            os.dup2(os.open(f"{out}.{stream}", os.O_WRONLY | os.O_CREAT), stream)
        sys.argv = ["checklist", *command]
        runpy.run_module("checklist", run_name="__main__", alter_sys=True)
    print(out, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), sep="\t")
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    here = tmp_path_factory.mktemp("checked")
    lines = [f"{here / file.stem}\trules\tcheck\t{file}\n" for file in BAD.glob("*.yaml")]
    told = subprocess.run(
        [sys.executable, "-c", RUN_EACH],
        input="".join(lines),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    ran = {}
    for out, code in (line.split("\t") for line in told.stdout.splitlines()):
        streams = [Path(f"{out}.{stream}").read_text(encoding="utf-8") for stream in (1, 2)]
        ran[Path(out).name] = Ran(int(code), *streams)
    return ran


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_the_command_refuses_each_without_a_traceback(name: str, checked: dict[str, Ran]) -> None:
    ran = checked[name]
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("checklist: ")
    assert ran.err.count("\n") == 1
    assert f"{name}.yaml" in ran.err


def test_the_command_started_by_itself_says_the_same(checked: dict[str, Ran]) -> None:
    file = BAD / "unknown-field.yaml"
    command = [sys.executable, "-m", "checklist", "rules", "check", str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert Ran(ran.returncode, ran.stdout, ran.stderr) == checked["unknown-field"]


# -- all faults together -----------------------------------------------------------------------


def test_all_faults_of_all_files_are_told_together_in_the_order_of_their_lines(
    tmp_path: Path,
) -> None:
    one = written(
        tmp_path / "one.yaml",
        RULE.format(id="a-rule", expects="{invitd: {includes: gp}, kind: stratgy}")
        .replace("title: A point of practice", "title:")
        .replace("theme: neglect", "theme: neglekt\nlearned_from: [C99]")
        .replace("verdict: gap", "verdict: gapp"),
    )
    other = written(tmp_path / "other.yaml", id="Other")
    places = [sentence.split(": ")[:2] for sentence in faults_of(one, other)]
    assert places == [
        [f"{one}, line 2", "title"],
        [f"{one}, line 3", "theme"],
        [f"{one}, line 4", "learned_from"],
        [f"{one}, line 6", "invitd"],
        [f"{one}, line 6", "kind"],
        [f"{one}, line 13", "verdict"],
        [f"{other}, line 1", "rule"],
    ]


@pytest.mark.parametrize("name", ["themes.yaml", "settings.yaml", "timescales.yaml"])
def test_a_file_that_cannot_be_read_is_told_without_all_that_follows_from_it(
    name: str, tmp_path: Path
) -> None:
    shutil.copytree(standard_rules(), tmp_path / "rules")
    broken = tmp_path / "rules" / name
    broken.write_text(f"{broken.read_text('utf-8')}  - [\n", encoding="utf-8")
    written(tmp_path / "rules" / "mine.yaml", id="Not An Id")
    with pytest.raises(BadInput) as caught:
        load([tmp_path / "rules"])
    (told,) = [fault.sentence() for fault in caught.value.faults]
    assert told.startswith(f"{broken}, line ")


def test_every_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    told = faults_of(written(one, "rule: [a\n"), written(other, "{"), tmp_path / "nowhere.yaml")
    assert [each.partition(":")[0].partition(",")[0] for each in told] == [
        *map(str, (one, other, tmp_path / "nowhere.yaml"))
    ]


def test_a_fault_in_a_condition_hides_no_question_and_invents_none(tmp_path: Path) -> None:
    file = written(
        tmp_path / "rule.yaml",
        RULE.format(id="a-rule", expects="{invitd: {includes: gp}}")
        + "ask:\n  invited: Who was invited?\n  kind: {what: kind}\n",
    )
    told = faults_of(file)
    assert [sentence.split(": ")[1] for sentence in told] == ["invitd", "ask"]
    assert told[1] == f"{file}, line 17: ask: kind: needs a question."


def test_more_faults_than_anybody_reads_are_counted(tmp_path: Path) -> None:
    bad = "\n".join(f"- rule: Bad {number}" for number in range(40))
    told = faults_of(written(tmp_path / "rules.yaml", bad))
    assert len(told) == 51
    assert told[-1].startswith("there are ")
    assert told[-1].endswith(" more faults after these.")


# -- what is a rulebook ------------------------------------------------------------------------


def test_own_rules_stand_beside_ours(tmp_path: Path, standard_rulebook: Rulebook) -> None:
    file = written(tmp_path / "anywhere" / "our-rules.yaml")
    loaded = beside_ours(file)
    added = [rule.id for rule in loaded.rules if rule.id not in standard_rulebook.by_id]
    assert added == ["a-rule"]
    assert loaded.by_id["a-rule"].place.file == str(file)


def test_own_rules_can_be_a_folder_and_use_terms_of_their_own(tmp_path: Path) -> None:
    written(tmp_path / "a" / "rule.yaml", expects="{large_meeting: yes}")
    written(
        tmp_path / "b" / "term.yml",
        "term: large_meeting\nfor_each: meeting\nmeaning: Police too.\n"
        f"yes_when: {{invited: {{includes: police}}}}\n{TERM_EXAMPLES}",
    )
    written(tmp_path / "README.txt", "not a rule")
    assert "a-rule" in beside_ours(tmp_path).by_id


def test_a_list_in_one_file_is_as_good_as_a_file_each(tmp_path: Path) -> None:
    text = "".join(
        "- "
        + RULE.format(id=name, expects="{invited: {includes: gp}}").replace("\n", "\n  ")
        + "\n"
        for name in ("one", "other")
    )
    assert {"one", "other"} <= set(beside_ours(written(tmp_path / "rules.yaml", text)).by_id)


def test_a_file_named_twice_is_read_once(standard_rulebook: Rulebook) -> None:
    again = standard_rules() / "neglect" / ".." / "neglect" / "neglect-tool-applied.yaml"
    assert beside_ours(again).rules == standard_rulebook.rules


def test_own_rules_can_stand_instead_of_ours(tmp_path: Path, standard_rulebook: Rulebook) -> None:
    file = written(tmp_path / "rule.yaml", id="gp-invited")
    instead = load([file], at_hand=[standard_rules()])
    assert [rule.id for rule in instead.rules] == ["gp-invited"]
    assert instead.rules[0].title == "A point of practice"
    assert instead.terms == standard_rulebook.terms
    assert set(instead.points) == set(standard_rulebook.points)


def test_what_own_files_define_replaces_what_is_at_hand(tmp_path: Path, rulebook: Rulebook) -> None:
    for kind in ("rules", "terms", "themes.yaml"):
        source = standard_rules() / kind
        files = [source] if source.is_file() else sorted(source.rglob("*.yaml"))
        for file in files:
            written(tmp_path / file.relative_to(standard_rules()), file.read_text("utf-8"))
    term = tmp_path / "terms" / "significant-age-gap.yaml"
    term.write_text(term.read_text("utf-8").replace("at_most: 17", "at_most: 15"), "utf-8")
    written(tmp_path / "rule.yaml")
    loaded = load([tmp_path], at_hand=[standard_rules()])
    (ours,) = [each for each in loaded.terms if each.id == "significant_age_gap"]
    (theirs,) = [each for each in rulebook.terms if each.id == "significant_age_gap"]
    assert ours.file == str(term)
    assert ours.yes_when != theirs.yes_when


def test_the_same_id_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    one = written(tmp_path / "one.yaml")
    other = written(tmp_path / "other.yaml")
    assert faults_of(one, other) == [
        f"{other}, line 1: rule: there is already a rule a-rule, in {one}, line 1; "
        "give this one an id of its own."
    ]


def test_an_item_is_told_by_its_first_key(tmp_path: Path) -> None:
    file = written(
        tmp_path / "rule.yaml", RULE.format(id="x", expects="{}").replace("rule:", "rle:")
    )
    (told,) = faults_of(file)
    assert told.startswith(f"{file}, line 1: this is no item of a rulebook (did you mean rule?)")
    text = "title: First\n" + RULE.format(id="x", expects="{kind: marac}").replace("title:", "due:")
    assert "x" in beside_ours(written(tmp_path / "rule.yaml", text)).by_id


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nowhere.yaml", "the file cannot be read"),
        ("empty-folder", "there is no .yaml file in this folder"),
    ],
)
def test_what_is_not_there_is_told(path: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "empty-folder").mkdir()
    (sentence,) = faults_of(tmp_path / path)
    assert sentence.startswith(f"{tmp_path / path}: {told}")


def test_a_rule_and_its_terms_can_hold_only_so_many_conditions(tmp_path: Path) -> None:
    # terms within terms grow much faster than the file: 2 to the power of 60 conditions
    terms = [
        f"- term: t{number}\n  for_each: meeting\n  meaning: M.\n"
        f"  ask:\n    kind: What kind was it?\n"
        f"  yes_when: {{any: [{{t{number - 1}: yes}}, {{not: {{t{number - 1}: no}}}}]}}\n"
        f"  {TERM_EXAMPLES}"
        for number in range(1, 60)
    ]
    first = "- term: t0\n  for_each: meeting\n  meaning: M.\n  yes_when: {kind: marac}\n"
    text = f"{first}  {TERM_EXAMPLES}{''.join(terms)}"
    told = faults_of(written(tmp_path / "terms.yaml", text))
    assert len(told) == 1
    assert f"holds more than {MOST_CONDITIONS} conditions" in told[0]


def test_a_rulebook_without_a_rule_is_none(tmp_path: Path) -> None:
    theme = written(tmp_path / "theme.yaml", "theme: housing\ntitle: Housing\n")
    with pytest.raises(BadInput, match=r"theme\.yaml: there is no rule in it\."):
        load([theme], at_hand=[standard_rules()])
    with pytest.raises(BadInput, match="there is no rule in any of the files"):
        load([theme, written(tmp_path / "other.yaml", "theme: health\ntitle: Health\n")])


# -- the audits that come with the program -----------------------------------------------------

LOADED = """
import sys
from checklist.rulebook import load, standard_rules
rulebook = load([standard_rules()])
print("checklist.audit_reader" in sys.modules)
rulebook.audits
print("checklist.audit_reader" in sys.modules)
"""


def test_audits_are_read_when_somebody_asks_for_them() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.split() == ["False", "True"]


def test_every_learning_point_of_ours_is_known_before_its_audit_is_read(rulebook: Rulebook) -> None:
    listed = [
        name
        for file in sorted((standard_rules() / "audits").iterdir())
        for name in re.findall(r"(?m)^  - point: (\S+)$", file.read_text("utf-8"))
    ]
    assert sorted(listed) == sorted(rulebook.points)


def test_a_fault_in_an_audit_of_ours_is_told_when_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(standard_rules(), tmp_path / "rules")
    monkeypatch.setattr("checklist.rulebook.standard_rules", lambda: tmp_path / "rules")
    audit = tmp_path / "rules" / "audits" / "wakefield-babies-2021.yaml"
    audit.write_text(audit.read_text("utf-8").replace("month: 2021-03", "month: March"), "utf-8")
    loaded = load([tmp_path / "rules"])
    with pytest.raises(BadInput, match="March"):
        _ = loaded.audits


def test_an_audit_of_ones_own_is_held_against_ours_at_once(tmp_path: Path) -> None:
    audit = "audit: A\ntitle: T\npartnership: P\nmonth: 2022-01\npoints:\n"
    point = "  - {point: A01, section: S, says: One thing.}\n"
    own = written(tmp_path / "own.yaml", audit + point)
    theirs = standard_rules() / "audits" / "pan-bedfordshire-under-ones-2020.yaml"
    (told,) = faults_of(own)
    assert told.startswith(f"{own}, line 1: audit: there is already an audit A, in {theirs}, line")
    written(own, audit.replace("A", "Z") + point)
    (told,) = faults_of(own)
    assert told.startswith(
        f"{own}, line 6: point: there is already a learning point A01, in {theirs}"
    )


# -- choosing ----------------------------------------------------------------------------------


def test_rules_are_chosen_by_id_and_by_theme(rulebook: Rulebook) -> None:
    assert rulebook.select() == rulebook.rules
    assert [rule.id for rule in rulebook.select(["gp-invited"])] == ["gp-invited"]
    neglect = rulebook.select(themes=["neglect"])
    assert {rule.theme for rule in neglect} == {"neglect"}
    assert rulebook.select(["gp-invited"], ["neglect"]) == ()


def test_rules_are_chosen_by_priority_too(rulebook: Rulebook) -> None:
    urgent = rulebook.select(priorities=["immediate"])
    assert {rule.priority for rule in urgent} == {"immediate"}
    both = rulebook.select(priorities=["immediate", "before-conference"])
    assert {rule.priority for rule in both} == {"immediate", "before-conference"}
    assert rulebook.select(["gp-invited"], priorities=["immediate"]) == ()


def test_what_cannot_be_chosen_is_told_with_the_nearest(rulebook: Rulebook) -> None:
    with pytest.raises(BadInput) as caught:
        rulebook.select(["gp-invite", "xyz"], ["neglekt"], ["imediate"])
    told = [fault.sentence() for fault in caught.value.faults]
    assert told[0] == "--rule: there is no rule gp-invite (did you mean gp-invited?)."
    assert told[1] == "--rule: there is no rule xyz."
    assert told[2].startswith(
        "--theme: there is no theme neglekt (did you mean neglect?); there are"
    )
    assert told[3] == (
        "--priority: there is no priority imediate (did you mean immediate?); there are "
        "immediate, before-conference, routine."
    )
