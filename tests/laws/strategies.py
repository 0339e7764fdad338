"""Random cases and conditions, as trees of the words that files hold.

One small vocabulary for both, so that conditions often speak of what cases record: yes-or-no
fields, a word, a code, lists of codes, numbers, dates, people, and lists of subjects.
"""

import datetime
from functools import partial

from hypothesis import strategies as st

from checklist.condition_reader import ConditionReader
from checklist.conditions import ALWAYS, Condition, Edition, Timescale
from checklist.rule import Place, Rule, Term

DAY = datetime.date(2021, 6, 1)
AGENCIES = ("gp", "police", "school")
DAYS = ("2021-02-01", "2021-05-31", "2021-06-01", "2021-06-02", "2021-09-01")
PAST = tuple(day for day in DAYS if day <= DAY.isoformat())
SIDES = ("mother", "father")

VALUES = {
    "adult": {
        "assessed": st.sampled_from(["yes", "no"]),
        "spoken_to": st.sampled_from(["yes", "no"]),
        "in_household": st.sampled_from(["yes", "no"]),
        "first_language": st.sampled_from(["Polish", "POLISH", "English"]),
        "interpreters_used": st.lists(
            st.sampled_from(["professional", "family_member"]), unique=True
        ),
    },
    "child": {"interpreter_needed": st.sampled_from(["yes", "no"])},
    "meeting": {
        "kind": st.sampled_from(["strategy", "core_group", "review_conference"]),
        "date": st.sampled_from(DAYS),
        "invited": st.lists(st.sampled_from(AGENCIES), unique=True),
    },
    "plan": {
        "kind": st.sampled_from(["child_protection", "early_help"]),
        "started": st.sampled_from(DAYS),
        "ended": st.sampled_from(DAYS),
        "categories": st.lists(st.sampled_from(["neglect", "physical_abuse"]), unique=True),
    },
    "couple": {"age_gap_years": st.integers(0, 6)},
    "case": {
        "concerns": st.lists(st.sampled_from(["neglect", "housing"]), unique=True),
        "next_conference": st.sampled_from(DAYS),
    },
}
LISTS = {"adults": "adult", "meetings": "meeting", "plans": "plan"}

TERM_TREES = {
    "needs_help": ("adult", {"interpreters_used": {"includes": "professional"}}, None),
    "fully_in_view": (
        "adult",
        {"any": [{"assessed": "yes"}, {"spoken_to": "yes"}]},
        {"all": [{"assessed": "no"}, {"in_household": "no"}]},
    ),
}


# -- cases -------------------------------------------------------------------------------------


def words(value, days=PAST):
    """Return what a field can hold: silence, a plain value, or words with their provenance."""
    one = st.fixed_dictionaries(
        {"value": value, "agency": st.sampled_from(AGENCIES)},
        optional={"date": st.sampled_from(days)} if days else {},
    )
    if not days:  # nothing that counts from a certain day on
        return st.one_of(value, one, st.lists(one, min_size=1, max_size=3))
    agreement = {"role": "team manager", "reason": "They met and settled it."}
    settled = st.builds(
        lambda said, day: {"value": said, "agreed": {**agreement, "date": day}},
        value,
        st.sampled_from(days),
    )
    return st.one_of(value, one, st.lists(one, min_size=1, max_size=3), settled.map(lambda w: [w]))


def entity(kind, name, *, only=None, days=PAST):
    fields = {
        field: words(value, days)
        for field, value in VALUES[kind].items()
        if only is None or field in only
    }
    return st.fixed_dictionaries({"id": st.just(name)}, optional=fields)


def entities(kind, *names, **how):
    return st.integers(0, len(names)).flatmap(
        lambda count: st.tuples(*(entity(kind, name, **how) for name in names[:count])).map(list)
    )


@st.composite
def cases(draw, days=PAST, only=None):
    """Return a case as a tree: any of its lists silent, empty or of one to three members."""
    how = {"days": days, "only": only}
    tree = {**draw(entity("case", "a-case", **how))}
    adults = draw(st.none() | entities("adult", "ann", "bob", "cas", **how))
    if adults is not None:
        tree["adults"] = adults
    people = [each["id"] for each in adults or ()]
    children = draw(st.none() | entities("child", "kid", "baby", **how))
    for child in children or ():
        for side in SIDES:
            if people and draw(st.booleans()):
                child[side] = draw(words(st.sampled_from([*people, "not_known"]), days))
    if children is not None:
        tree["children"] = children
    if len(people) > 1 and draw(st.booleans()):
        tree["couples"] = [
            {"id": "pair", "people": people[:2], **draw(entity("couple", "pair", **how))}
        ]
    for plural, kind in (("meetings", "meeting"), ("plans", "plan")):
        members = draw(st.none() | entities(kind, f"{kind}-1", f"{kind}-2", **how))
        if members is not None:
            tree[plural] = members
    return tree


NAMES = ("ann", "bob", "cas", "kid", "baby", "meeting-1", "plan-2", "pair", "ann-and-bob")


def words_against(*rules, days=PAST):
    """Return people's words that some of these rules do not apply, to what there may be or not."""
    word = st.fixed_dictionaries(
        {
            "rule": st.sampled_from(rules),
            "reason": st.just("It is not theirs."),
            "role": st.just("social worker"),
            "date": st.sampled_from(days),
        },
        optional={
            "subject": st.sampled_from([*NAMES, "a-case"]),
            "agency": st.sampled_from(AGENCIES),
        },
    )
    return st.lists(word, max_size=8)


# -- conditions --------------------------------------------------------------------------------

_MOMENTS = st.sampled_from(["as_of", *DAYS])
_UNITS = st.sampled_from(["days", "weeks", "months", "working_days"])
_DIRECTIONS = st.sampled_from(["of", "after", "before"])


def _date_test(moments=_MOMENTS):
    within = st.builds(
        lambda unit, number, way, moment: {"within": {unit: number, way: moment}},
        _UNITS,
        st.integers(0, 4),
        _DIRECTIONS,
        moments,
    )
    by_law = st.builds(lambda moment: {"within": {"timescale": "by_law", "after": moment}}, moments)
    apart = st.builds(
        lambda unit, number, way, moment: {"at_least": {unit: number, way: moment}},
        _UNITS,
        st.integers(0, 4),
        st.sampled_from(["after", "before"]),
        moments,
    )
    recorded = st.just({"recorded": "yes"})
    around = st.builds(
        lambda name, moment: {name: moment}, st.sampled_from(["before", "after"]), moments
    )
    return st.one_of(recorded, around, within, by_law, apart, st.sampled_from(DAYS))


def _includes(codes):
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)
    return some.map(lambda each: {"includes": each}) | st.just({"recorded": "yes"})


def _is_or_in(values):
    some = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
    return (
        st.sampled_from(values) | some.map(lambda each: {"in": each}) | st.just({"recorded": "yes"})
    )


_NUMBER = st.integers(-1, 6)
_YES_NO = _is_or_in(["yes", "no"])
ATOMS = {
    "adult": {
        "assessed": _YES_NO,
        "spoken_to": _YES_NO,
        "in_household": _YES_NO,
        "first_language": _is_or_in(["polish", "English", "Urdu"]),
        "interpreters_used": _includes(["professional", "family_member"]),
        "needs_help": st.sampled_from(["yes", "no"]),
        "fully_in_view": st.sampled_from(["yes", "no"]),
    },
    "child": {
        "interpreter_needed": _YES_NO,
        **{side: st.just({"recorded": "yes"}) for side in SIDES},
    },
    "meeting": {
        "kind": _is_or_in(["strategy", "core_group", "professionals"]),
        "date": _date_test(),
        "invited": _includes([*AGENCIES, "housing"]),
    },
    "plan": {
        "kind": _is_or_in(["child_protection", "early_help"]),
        "started": _date_test(_MOMENTS | st.sampled_from(["ended", "case.next_conference"])),
        "ended": _date_test(),
        "categories": _includes(["neglect", "physical_abuse"]),
    },
    "couple": {
        "age_gap_years": st.one_of(
            _NUMBER,
            _NUMBER.map(lambda number: {"at_least": number}),
            _NUMBER.map(lambda number: {"at_most": number}),
            st.lists(_NUMBER, min_size=1, max_size=3).map(lambda several: {"in": several}),
        )
    },
    "case": {
        "concerns": _includes(["neglect", "housing"]),
        "next_conference": _date_test(),
    },
}


def _atom(kind, reads=None):
    names = [name for name in ATOMS[kind] if reads is None or name in reads]
    return st.sampled_from(names).flatmap(
        lambda name: ATOMS[kind][name].map(lambda test: {name: test})
    )


def conditions(kind, depth=3, *, within=True, reads=None):
    """Return conditions on subjects of a kind, as trees of at most this depth.

    `within` lets conditions inside a list or about a parent look at the case; `reads` names the
    fields that can be read.
    """
    leaf = _atom(kind, reads)
    if depth == 0:
        return leaf
    inner = partial(conditions, depth=depth - 1, within=within, reads=reads)
    same = inner(kind)
    several = st.lists(same, min_size=1, max_size=3)
    forms = [
        leaf,
        several.map(lambda parts: {"all": parts}),
        several.map(lambda parts: {"any": parts}),
        same.map(lambda part: {"not": part}),
    ]
    if kind == "child" and reads is None:
        parent = inner("adult", within=False)
        forms += [parent.map(lambda part, side=side: {side: {"all": [part]}}) for side in SIDES]
    if kind == "case":
        forms += [_over(inner, name, member) for name, member in LISTS.items()]
    elif within:
        forms += [
            st.sampled_from([*ATOMS["case"]]).flatmap(
                lambda name: ATOMS["case"][name].map(lambda test: {f"case.{name}": test})
            )
        ]
    return st.one_of(forms)


TIMESCALES = {
    "by_law": Timescale(
        "by_law",
        "For tests.",
        (
            Edition("One", datetime.date(2021, 6, 2), 2, "working_days", "None."),
            Edition("Two", datetime.date(2021, 9, 1), 1, "months", "None."),
        ),
    )
}


def _over(inner, name, member):
    return st.builds(
        lambda word, part, where: {
            word: {name: {"all": [part]} if where is None else {"where": where, "all": [part]}}
        },
        st.sampled_from(["some", "every"]),
        inner(member),
        st.none() | _atom(member),
    )


def _term(name):
    kind, yes, no = TERM_TREES[name]
    return Term(
        name, kind, "For tests.", read(yes, kind), no and read(no, kind), {}, "laws.yaml", None
    )


def read(tree, kind) -> Condition:
    """Return the condition that a tree says of subjects of a kind."""
    reader = ConditionReader("laws.yaml", TERMS.get, lambda: list(TERMS), TIMESCALES)
    condition = reader.read(tree, kind, "expects")
    assert condition is not None, reader.faults
    return condition


TERMS: dict[str, Term] = {}
TERMS.update({name: _term(name) for name in TERM_TREES})


def rule(kind, expects, applies=None, by=None, name="law"):
    """Return a rule of conditions given as trees."""
    reader = ConditionReader("laws.yaml", TERMS.get, lambda: list(TERMS), TIMESCALES)
    deadline = None
    if isinstance(by, dict):
        deadline = reader.period(by, kind, "by", None)
    elif by is not None:
        deadline = reader.moment(by, kind, "by", None)
    assert not reader.faults
    return Rule(
        id=name,
        title="The law",
        theme="test",
        learned_from=(),
        source="A test.",
        for_each=kind,
        applies=ALWAYS if applies is None else read(applies, kind),
        expects=read(expects, kind),
        by=deadline,
        priority="routine",
        gap="There is a gap.",
        due=None,
        met=None,
        why="It matters.",
        close="Do it.",
        ask={},
        examples=(),
        place=Place("laws.yaml", 1),
    )


KINDS = st.sampled_from(["adult", "child", "meeting", "plan", "couple", "case"])
