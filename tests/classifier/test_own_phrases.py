"""What a team's list adds to a report and takes from it."""

from __future__ import annotations

import time

import pytest

from classifier.document import Block, Document
from classifier.needs import Need
from classifier.own_phrases import OwnPhrases
from classifier.priority import weigh
from tests.classifier.own_words import listing, never, raising, report, said

SALVE = ("self-treatment", "list", "Put black salve on it.")


def test_a_phrase_flags_its_sentence_and_shows_its_words() -> None:
    own = listing(raising("black (salve|ointment)", note="Send the leaflet."))
    (flag,) = own.apply(report("Nights are hard. Put Black  Ointment on it. Sleep well.")).flags
    assert (flag.quote.exact, flag.confidence, flag.origin) == ("Put Black  Ointment on it.", 1.0, "list")
    assert [flag.quote.exact[one.start - flag.start : one.end - flag.start] for one in flag.evidence] == [
        "Black  Ointment"
    ]
    assert flag.listed is not None
    assert (flag.listed.reason, flag.listed.note) == ("Our rules forbid advice to use it.", "Send the leaflet.")


def test_offsets_are_exact_in_disguised_words() -> None:
    text = "🙂 Sure. Put bl4ck s-a-l-v-e on it."
    (flag,) = listing(raising("black salve")).apply(report(text)).flags
    assert text[flag.start : flag.end] == flag.quote.exact == "Put bl4ck s-a-l-v-e on it."
    (words,) = flag.evidence
    assert text[words.start : words.end] == "bl4ck s-a-l-v-e"


@pytest.mark.parametrize(
    "text",
    [
        "Do not put black salve on it.",
        "Warning: black salve burns skin.",
        "Sellers claim that black salve works.",
        "That black salve heals moles is a myth.",
    ],
)
def test_a_sentence_that_works_against_the_words_is_left_alone_unless_always(text: str) -> None:
    assert said(listing(raising("black salve")).apply(report(text))) == []
    assert said(listing(raising("black salve", always=True)).apply(report(text))) == [("self-treatment", "list", text)]


def test_what_a_reply_quotes_is_not_the_posters() -> None:
    quoted = Block("b0", "blockquote", "Put black salve on it.", is_quoted=True)
    document = Document((quoted, Block("b1", "p", "I would rather see a doctor about it.")), lang="en")
    assert said(listing(raising("black salve", always=True)).apply(report(document))) == []


def test_nothing_is_flagged_in_a_list_of_references() -> None:
    blocks = (Block("b0", "p", "A page."), Block("b1", "h2", "References"), Block("b2", "p", "Put black salve on it."))
    assert said(listing(raising("black salve", always=True)).apply(report(Document(blocks, lang="en")))) == []


def test_one_flag_where_model_and_list_say_the_same() -> None:
    own = listing(raising("black salve"), raising("salve on it", reason="Second."))
    found = own.apply(report("Put black salve on it.", ("self-treatment", "Put black salve on it.", 0.8)))
    (flag,) = found.flags
    assert (flag.id, flag.origin, flag.confidence) == ("m0", "model", 0.8)
    assert flag.listed is not None
    assert flag.listed.phrase == "black salve"


def test_the_same_sentence_twice_has_two_fingerprints_that_stay() -> None:
    own = listing(raising("black salve"))
    text = "Put black salve on it.\n\nPut black salve on it."
    first, second = own.apply(report(text)).flags
    assert first.id != second.id
    assert [flag.id for flag in own.apply(report(f"Another line.\n\n{text}")).flags] == [first.id, second.id]


def test_never_takes_flags_away_where_the_words_stand_and_nowhere_else() -> None:
    miracles = ("miracle", "We ran the Miracle Mile.", 0.9), ("miracle", "A miracle for sleep.", 0.7)
    found = listing(never("miracle mile")).apply(report("We ran the Miracle Mile. A miracle for sleep.", *miracles))
    assert said(found) == [("miracle", "model", "A miracle for sleep.")]
    assert found.by_flag == {"miracle": 0.7, "overclaim": 0.3}


def test_never_counts_for_one_flag_where_it_names_one_and_wins_over_the_list() -> None:
    both = ("miracle", "The Miracle Mile heals.", 0.9), ("overclaim", "The Miracle Mile heals.", 0.9)
    text = "The Miracle Mile heals."
    assert said(listing(never("miracle mile", flag="miracle")).apply(report(text, *both))) == [
        ("overclaim", "model", text)
    ]
    assert said(listing(raising("heals"), never("miracle mile")).apply(report(text, *both))) == []


def test_flags_that_are_not_asked_for_and_pages_that_were_not_read_stay_as_they_are() -> None:
    own = listing(raising("black salve"))
    before = report("Put black salve on it.")
    assert own.apply(before, flags=["miracle"]).flags == ()
    assert OwnPhrases().apply(before) is before


def test_a_flag_of_the_list_counts_in_full_and_one_taken_away_not_at_all() -> None:
    text = "Put black salve on it. A miracle."
    before = report(text, ("miracle", "A miracle.", 0.9))
    signs = {
        sign.name: sign for sign in weigh(listing(raising("black salve"), never("miracle")).apply(before), Need()).signs
    }
    assert (signs["self-treatment"].confidence, signs["self-treatment"].origin) == (1.0, "list")
    assert signs["miracle"].confidence == 0.0
    assert weigh(before, Need()).signs[0].origin == "model"


@pytest.mark.parametrize(
    "text", ["black " * 40_000, "black salve " * 10_000, "black-" * 40_000, "black " + "a-" * 80_000]
)
def test_long_texts_take_linear_time(text: str) -> None:
    own = listing(raising("black _ _ salve? _ ointment", always=True), raising("black salve"), never("salve black"))
    document = Document((Block("b0", "p", text),), lang="en")
    found = report(document)
    started = time.perf_counter()
    own.apply(found)
    assert time.perf_counter() - started < 10
