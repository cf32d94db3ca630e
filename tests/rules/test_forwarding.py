"""Following substitutes: never in circles, never to somebody who is away."""

from hypothesis import given
from hypothesis import strategies as st

from boucle.accounts.rules import Forwarding, forward

PEOPLE = st.integers(min_value=1, max_value=8)


def test_a_present_user_keeps_what_is_given_to_them():
    assert forward(1, {2: 3}) == Forwarding(1)


def test_a_chain_is_followed_to_its_end_and_names_those_in_between():
    assert forward(1, {1: 2, 2: 3, 3: 4}) == Forwarding(4, via=(2, 3))


def test_a_loop_leaves_it_with_the_one_first_meant():
    assert forward(1, {1: 2, 2: 1}) == Forwarding(1, is_loop=True)


def test_a_loop_further_on_leaves_it_with_the_one_first_meant():
    assert forward(1, {1: 2, 2: 3, 3: 2}) == Forwarding(1, is_loop=True)


def test_too_long_a_chain_leaves_it_with_the_one_first_meant():
    chain = {number: number + 1 for number in range(1, 12)}
    assert forward(1, chain) == Forwarding(1)
    assert forward(2, chain) == Forwarding(12, via=tuple(range(3, 12)))


@given(start=PEOPLE, substitutes=st.dictionaries(PEOPLE, PEOPLE))
def test_whoever_gets_it_is_present_or_the_one_first_meant(start: int, substitutes: dict[int, int]):
    found = forward(start, substitutes)
    assert found.target == start or found.target not in substitutes
    assert len({start, *found.via, found.target}) == len(found.via) + (2 if found.target != start else 1)
    if found.is_loop:
        assert found == Forwarding(start, is_loop=True)


@given(start=PEOPLE, substitutes=st.dictionaries(PEOPLE, PEOPLE), hops=st.integers(min_value=0, max_value=9))
def test_no_chain_is_longer_than_allowed(start: int, substitutes: dict[int, int], hops: int):
    found = forward(start, substitutes, maximum_hops=hops)
    taken = 0 if found.target == start else len(found.via) + 1
    assert taken <= hops
