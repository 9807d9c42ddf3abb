"""How what stands around a form, and its use elsewhere, tell whether it is a name."""

from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotate.likelihood import Example, Likelihood, fitted

SHARES = st.floats(0, 1)
EXAMPLES = st.lists(
    st.builds(
        Example,
        st.integers(0, 5),
        SHARES,
        st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        st.booleans(),
    ),
    max_size=20,
)


def _shown(cue: str, *, is_name: bool, documents: int = 6) -> list[Example]:
    return [Example(number, 0.5, (cue,), is_name) for number in range(documents)]


@given(EXAMPLES, SHARES)
def test_what_is_likely_is_so_from_0_to_1_whatever_was_seen(
    examples: list[Example], rate: float
) -> None:
    assert 0 <= fitted(examples).of(rate, "abc") <= 1


def test_with_nothing_learned_the_rate_of_the_form_is_how_likely_it_is() -> None:
    assert round(Likelihood().of(0.8, ["before aa"]), 6) == 0.8


def test_what_stands_around_names_makes_a_name_likelier() -> None:
    likelihood = fitted([*_shown("in p", is_name=True), *_shown("in q", is_name=False)])
    assert likelihood.of(0.5, ["in p"]) > 0.6 > 0.4 > likelihood.of(0.5, ["in q"])


def test_two_cues_that_always_come_together_do_not_count_twice() -> None:
    names, others = _shown("in p", is_name=True), _shown("in q", is_name=False)
    doubled = [Example(e.document, e.rate, (*e.cues, "before aa"), e.is_name) for e in names]
    once = fitted([*names, *others]).of(0.5, ["in p"])
    both = fitted([*doubled, *others])
    assert both.weights["in p"] < fitted([*names, *others]).weights["in p"]
    assert both.of(0.5, ["in p", "before aa"]) - once < once - 0.5


def test_what_stands_around_names_in_two_documents_only_tells_nothing() -> None:
    assert fitted(_shown("in p", is_name=False, documents=2)).weights == {}


def test_names_in_two_documents_only_leave_the_rate_as_it_is() -> None:
    few = [Example(number % 2, 0.8, (), is_name=False) for number in range(8)]
    assert fitted(few).weight_of_rate == 1
    many = [Example(number, 0.8, (), is_name=False) for number in range(8)]
    assert fitted(many).weight_of_rate < 1
