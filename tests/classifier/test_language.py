"""Which language a text is taken for."""

from __future__ import annotations

import pytest

from classifier.language import find_language
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
