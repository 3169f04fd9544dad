"""Advice that can do grave harm is told from warnings, questions, and how it was with one's doctor."""

from __future__ import annotations

import time

import pytest

from classifier.advice import find_advice
from classifier.document import Document
from classifier.reading import read_text

TOLD = {
    "stop-medicine": (
        "Three months ago I flushed my tablets and I have felt marvellous since. Just stop them and see.",
        "Bin the rivaroxaban, lad. I left mine off at Easter and it was the best thing, not once a problem.",
    ),
    "skip-care": (
        "I wouldn't bother the hospital with a nosebleed like that. Give it a week, mine cleared by morning.",
        "We never took ours for a jab and they are perfectly safe. Trust your gut and cancel the appointment.",
    ),
    "home-cure": ("Garlic and lemon shrank his tumour. Take it every day and the cancer is gone by summer.",),
    "unsafe-child": ("A drop of brandy in her bottle works every time, my daughter was four months old. Try it.",),
    "dangerous-dose": ("Ignore the number on the box and double the ibuprofen. It works, just keep topping up.",),
}
SOBER = (
    "Please don't stop the tablets by yourself. Ring your surgery, they can take it down in steps.",
    "My doctor said I could stop the statin for a month, and we looked at the bloods together.",
    "Is it safe to stop my tablets for a week before the op?",
    "Never give a baby honey. If you did, ring 111 and ask the health visitor.",
    "Rang the clinic about the new tablets, they changed the dose, feeling better already.",
    "Don't wait with a numb arm. Call 999, an ambulance would rather come for nothing.",
    "The cat refused her tablets again, so they went into the tuna.",
    "My recipe for lemon and ginger tea, lovely on a cold night.",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_dangerous_advice_is_found(kind: str, text: str) -> None:
    surest = {advice.kind: advice.surety for advice in find_advice(read_text(text)).advice}
    assert surest.get(kind, 0.0) >= 0.5


@pytest.mark.parametrize("text", SOBER)
def test_sober_words_are_not_taken_for_it(text: str) -> None:
    assert max((advice.surety for advice in find_advice(read_text(text)).advice), default=0.0) < 0.5


def test_the_place_is_the_sentence() -> None:
    text = "Lovely weather here.\n\nFlush the tablets, love. I did, and it worked."
    document = read_text(text)
    advice = find_advice(document).advice[0]
    block = {one.id: one.text for one in document.blocks}[advice.place[0]]
    assert block[advice.place[1] : advice.place[2]] == "Flush the tablets, love."


def test_quoted_words_are_not_the_posters() -> None:
    quoted = "> Flush the tablets, love. I did, and it worked.\n\nWhat a thing to say to a stranger."
    assert find_advice(read_text(quoted)).advice == ()


def test_what_quotes_another_is_less_sure() -> None:
    words = "Flush the tablets, love. I did, and it worked."
    alone, answering = (find_advice(read_text(text)).advice[0] for text in (words, f"> Well?\n\n{words}"))
    assert answering.surety < alone.surety


def test_topics_are_named() -> None:
    found = find_advice(read_text("She is pregnant and has asthma, and the baby brother takes tablets too."))
    assert set(found.topics) == {"pregnancy", "serious-illness", "children", "medicines"}
    assert find_advice(read_text("A new pillow.")).topics == ()


def test_classes_of_medicines_are_known_by_their_endings() -> None:
    for name in ("ramipril", "atorvastatin", "apixaban", "escitalopram", "adalimumab", "dapagliflozin"):
        assert find_advice(read_text(f"Took my {name} with tea.")).topics == ("medicines",)


def test_an_empty_document_advises_nothing() -> None:
    assert find_advice(Document(())).advice == ()


def test_words_far_apart_count_least() -> None:
    told = "It was the best thing, try it."
    near, next_, far = (
        find_advice(read_text(text)).advice[0].surety
        for text in (
            f"Flush the tablets. {told}",
            f"Flush the lot. The tablets were pink. {told}",
            f"Flush the lot. It rained. The tablets were pink. {told}",
        )
    )
    assert near > next_ > far > 0


@pytest.mark.parametrize("words", ["don't bother to stop the tablets and leave it out ", "Quit now and rest. "])
def test_reading_takes_linear_time(words: str) -> None:
    def seconds(count: int) -> float:
        document = read_text(words * count)
        start = time.perf_counter()
        find_advice(document)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(4_000) < 40 * seconds(400) + 0.5
