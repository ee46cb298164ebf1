import pytest
from hypothesis import given
from hypothesis import strategies as st

from failures.taxonomy import CauseTree
from failures.taxonomy.likeness import Profile, likeness, rarest

TREE = CauseTree(
    {"leakage": None, "lk-time": "leakage", "lk-group": "leakage", "drift": None}
)
profiles = st.builds(
    Profile,
    st.sets(st.sampled_from(["leakage", "lk-time", "lk-group", "drift"])),
    st.dictionaries(st.sampled_from(["sector", "task"]), st.sampled_from(["a", "b"])),
    st.sets(st.sampled_from(["alarm", "model", "shop", "the"])),
)
RARITY = {"the": 0.0, "model": 0.3}


@given(profiles, profiles)
def test_reasons_explain_all_of_it(one, other):
    found = likeness(one, other, TREE, RARITY)
    assert 0 <= found.value <= 1
    if found.value:
        assert sum(reason.share for reason in found.reasons) == pytest.approx(1)
    else:
        assert found.reasons == ()


@given(profiles, profiles)
def test_a_record_is_most_like_itself(one, other):
    # Without causes, context or a telling word there is nothing to be alike in.
    itself = likeness(one, one, TREE, RARITY).value
    assert (
        likeness(one, other, TREE, RARITY).value
        <= itself + 0.4 * len(one.causes) + 1e-9
    )


def test_sealed_causes_give_no_reason():
    one, other = Profile((), {"sector": "a"}), Profile(("leakage",), {"sector": "a"})
    kinds = [reason.kind for reason in likeness(one, other, TREE, {}).reasons]
    assert kinds == ["context"]


def test_rare_words_tell_more():
    one, other = (
        Profile(words={"the", "alarm"}),
        Profile(words={"the", "alarm", "shop"}),
    )
    (reason,) = likeness(one, other, TREE, RARITY).reasons
    assert reason.what == ("alarm", "the")
    assert rarest({"the", "model", "alarm"}, RARITY, 2) == ["alarm", "model"]
