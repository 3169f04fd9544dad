"""Which language a text is taken for."""

from __future__ import annotations

import pytest

from classifier import Detector
from classifier.language import find_language, foreign_blocks
from classifier.reading import read_text

_TEXTS = {
    "en": "The mushroom is said to help people who have lost their sleep, and it may be that the rest of it "
    "is a story that was told by those who sell it in the market.",
    "de": "Dieses Mittel heilt angeblich sämtliche Beschwerden innerhalb weniger Tage, sagen die Hersteller, während "
    "Ärzte darauf hinweisen, dass keinerlei Belege vorliegen und man vorsichtig bleiben sollte.",
    "fr": "Ce produit guérirait toutes les maladies en quelques jours selon le vendeur, mais les médecins "
    "rappellent qu'aucune étude sérieuse ne soutient cette affirmation et qu'il faut rester prudent.",
}


@pytest.mark.parametrize("code", _TEXTS)
def test_found_from_the_text(code: str) -> None:
    assert find_language(read_text(_TEXTS[code])) == code


@pytest.mark.parametrize("told", ["de", "DE", "de-AT", "de_CH"])
def test_what_the_page_tells_counts_first(told: str) -> None:
    assert find_language(read_text(_TEXTS["en"], lang=told)) == "de"


@pytest.mark.parametrize("text", ["", "Heilung garantiert", "😀😀😀"])
def test_too_little_text_is_taken_as_english(text: str) -> None:
    assert find_language(read_text(text)) == "en"


_ENGLISH = (
    "The clinic in the valley has said for years that sleep is the thing most people lack, and it is not alone in "
    "that. Those who come to it are asked to write down when they go to bed and what they eat in the evening."
)
_FOREIGN = {
    "de": _TEXTS["de"],
    "fr": _TEXTS["fr"],
    "es": "Según el vendedor, este polvo amargo limpia la sangre en pocos días, aunque los médicos del pueblo "
    "recuerdan que ningún ensayo lo demuestra y que conviene preguntar antes de tomarlo con otras medicinas.",
    "pl": "Sprzedawca twierdzi, że ten gorzki proszek oczyszcza krew w kilka dni, ale lekarze z miasteczka "
    "przypominają, że żadne badanie tego nie potwierdza i że przed użyciem należy zapytać farmaceutę.",
    "ru": "Продавец уверяет, что этот горький порошок очищает кровь за несколько дней, однако врачи напоминают, что "
    "ни одно исследование этого не подтверждает и перед приёмом стоит спросить аптекаря.",
    "ar": "يقول البائع إن هذا المسحوق المر ينقي الدم في بضعة أيام، لكن أطباء البلدة يذكرون بأن أي دراسة لم تثبت ذلك "
    "وأن من الأفضل سؤال الصيدلي قبل تناوله مع أدوية أخرى.",
    "zh": "卖家声称这种苦味粉末能在几天之内净化血液，但镇上的医生提醒大家，"
    "没有任何研究证明这一点，服用之前最好先问一问药剂师，不要和别的药一起吃。",
}


@pytest.mark.parametrize("code", _FOREIGN)
def test_a_mixed_page_is_partly_checked(detector: Detector, code: str) -> None:
    claim = "This miracle powder cures cancer with no side effects."
    text = f"{_ENGLISH}\n\n{_FOREIGN[code]}\n\n{claim}\n\n{_ENGLISH}"
    assert foreign_blocks(read_text(text)) == {1: code}
    report = detector.analyze(text, min_confidence=0.1)
    assert (report.state, report.language) == ("partly-checked", "en")
    assert "1 of 4 paragraphs" in (report.state_reason or "")
    assert "English only" in (report.state_reason or "")
    blocks = {flag.block for flag in report.flags}
    assert "b2" in blocks
    assert "b1" not in blocks


@pytest.mark.parametrize("code", _FOREIGN)
def test_a_foreign_page_is_not_checked(detector: Detector, code: str) -> None:
    report = detector.analyze("\n\n".join([_FOREIGN[code]] * 4))
    assert (report.state, report.language, report.flags) == ("not-checked", code, ())


def test_a_page_that_begins_in_another_language(detector: Detector) -> None:
    text = "\n\n".join([*[_FOREIGN["de"]] * 3, _ENGLISH])
    assert detector.analyze(text).state == "partly-checked"


def test_short_blocks_go_with_their_neighbours() -> None:
    text = "\n\n".join([_ENGLISH, _FOREIGN["de"], "- Kurz gesagt.", _FOREIGN["de"], "- Short.", _ENGLISH])
    assert set(foreign_blocks(read_text(text))) == {1, 2, 3}


@pytest.mark.parametrize(
    "words",
    [
        "The word Weltschmerz and the motto “mens sana in corpore sano” were on the wall of the house in Łódź.",
        "It is the Russian word сон that is on the sign, and it is not the only one that you can read in the street.",
        "Withania somnifera, Rhodiola rosea, Panax ginseng, Hericium erinaceus, Ganoderma lucidum, Cordyceps sinensis, "
        "Bacopa monnieri, Curcuma longa.",
    ],
)
def test_foreign_names_and_quotes_change_nothing(detector: Detector, words: str) -> None:
    assert detector.analyze(f"{_ENGLISH}\n\n{words}\n\n{_ENGLISH}").state == "checked"


def test_disguised_english_is_english() -> None:
    assert find_language(read_text(_ENGLISH.replace("a", "а").replace("e", "е").replace("o", "о"))) == "en"
