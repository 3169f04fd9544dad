import pytest

from tests.classifier.test_sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["It helps new narratives to flourish.", "Ketamine’s effect is fast."],
        ["It prevents cancer.", "Order now."],
        ["You wake from sleep.", "Turmeric helps."],
        ["You need vitamin D.", "It helps bones."],
        ["He took 5 g.", "It helped."],
        ["We ship from the U.K.", "It is fast."],
        ["He said no.", "Prof. Jones agreed."],
        ["😀 It works.", "😀 It really does."],
        ["It grew the brain.[3]", "They did not look."],
        ["It grew the brain. [3]", "They did not look."],
        ["It is proven.[citation needed]", "They did not look."],
    ],
)
def test_boundaries_more(parts):
    assert sentences(" ".join(parts)) == parts
