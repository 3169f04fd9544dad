"""A post's priority: its factors, its worst sentence, and the weights that a team may replace."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.document import Document, Flag, ModelId, Quote, Report
from classifier.errors import InputError
from classifier.needs import Need, Sure
from classifier.priority import Weighing
from classifier.priority import weigh as weigh_needs
from classifier.priority_weights import load_weights
from classifier.reading import read_text

NOTHING = Need()


def weigh(report: Report, need: Need = NOTHING) -> Weighing:
    return weigh_needs(report, need)


def priority(report: Report, need: Need = NOTHING) -> float:
    return weigh(report, need).priority


def report(text: str, *flags: tuple[str, float], **by_flag: float) -> Report:
    document = read_text(text)
    block = document.blocks[0] if document.blocks else None
    found = tuple(
        Flag(f"f{number}", kind, block.id, 0, 5, Quote("", "", ""), confidence, "high")
        for number, (kind, confidence) in enumerate(flags)
        if block
    )
    return Report(ModelId("1", "d"), document, "checked", None, "en", 1, found, by_flag)


def test_a_flag_counts_its_confidence_times_its_severity() -> None:
    weighed = weigh(report("A new pillow.", ("miracle", 0.8)))
    weights = load_weights()
    assert weighed.claim == pytest.approx(0.8 * weights.severity["high"], abs=1e-4)
    assert weighed.vulnerability == weights.vulnerability["other"]
    assert weighed.priority == pytest.approx(weighed.claim * weighed.vulnerability, abs=1e-4)
    assert weighed.top == ("b0", 0, 5)


def test_signs_add_up_as_independent_chances_do() -> None:
    one, other = (weigh(report("Tea.", (kind, 0.8))).claim for kind in ("miracle", "scare"))
    both = weigh(report("Tea.", ("miracle", 0.8), ("scare", 0.8))).claim
    assert both == pytest.approx(1 - (1 - one) * (1 - other), abs=1e-3)


def test_a_flag_under_its_threshold_counts_too_but_has_no_place() -> None:
    weighed = weigh(report("Tea.", miracle=0.3))
    assert weighed.claim > 0
    assert weighed.top is None


def test_a_post_that_could_hurt_outweighs_any_hype_and_shows_its_sentence() -> None:
    hype = report("This pillow is a miracle.", ("miracle", 0.99), ("pressure", 0.9))
    quiet = report("The box went back in the drawer. Nobody noticed.")
    need = Need(danger=Sure(0.7, ("b0", 0, 32)), care=Sure(0.02, ("b0", 33, 49)))
    assert priority(quiet, need) > priority(hype)
    weighed = weigh(quiet, need)
    assert (weighed.signs[0].name, weighed.signs[0].confidence) == ("danger", 0.7)
    assert weighed.top == ("b0", 0, 32)


def test_distress_that_is_not_sure_counts_as_danger_does() -> None:
    post = report("A quiet week.")
    one, other = (weigh(post, need) for need in (Need(danger=Sure(0.2)), Need(care=Sure(0.2))))
    assert one.claim == other.claim == pytest.approx(0.2)
    assert other.signs[0].name == "care"


def test_what_the_lists_find_is_named_beside_it() -> None:
    weighed = weigh(report("I left off my tablets and felt marvellous. Just stop them, all of them."))
    assert weighed.signs[0].name == "stop-medicine"
    assert weighed.claim == pytest.approx(load_weights().advice["stop-medicine"], abs=1e-4)
    assert weighed.top is not None


def test_nothing_to_say_is_zero() -> None:
    assert priority(Report(ModelId("1", "d"), Document(()), "not-checked", "", None, 0)) == 0.0


def test_priority_stays_between_0_and_1() -> None:
    everything = dict.fromkeys(("miracle", "scare", "pressure", "suppression", "false-safety", "self-treatment"), 1.0)
    text = "I left off my tablets and felt marvellous. Just stop them, my baby son too, and skip the clinic."
    assert 0.7 < priority(report(text, **everything), Need(Sure(0.95), Sure(0.5))) <= 1.0


def test_a_teams_file_changes_only_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[severity]\nlow = 0.9\n[age]\nhalf_life_days = 7\n")
    own, ours = load_weights(file), load_weights()
    assert (own.severity["low"], own.half_life_days) == (0.9, 7)
    assert (own.severity["high"], own.vulnerability) == (ours.severity["high"], ours.vulnerability)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[severity]\nlow = 2", "'low' in [severity] must be a number between 0 and 1"),
        ("[severity]\nlow = true", "must be a number"),
        ("[severity]\nlow = nan", "must be a number"),
        ("[severity]\nworst = 1", "[severity] has no line of this name"),
        ("[weights]\nlow = 1", "no table of this name"),
        ("severity = 1", "no table of this name"),
        ("[age]\nhalf_life_days = 0", "between 0.1 and 36500"),
        ("[[", "not TOML"),
    ],
)
def test_weights_that_cannot_be_used_are_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        load_weights(file)
    assert told in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_file_of_weights_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_weights(tmp_path / "none.toml")
