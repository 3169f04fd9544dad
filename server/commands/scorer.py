"""The scorer of commands that take posts in: the model in use, the cards, the team's weights and own words."""

from __future__ import annotations

from classifier import load
from classifier.own_phrases import OwnPhrases
from classifier.priority_weights import load_weights
from server.context import load_cards
from server.models import bundle_in_use
from server.moderation.scoring import Scorer
from server.own_words.live import LivePhrases
from server.settings import Settings


def scorer_of(settings: Settings) -> Scorer:
    """One that reads as the server does. Raises :class:`~classifier.errors.PinchError` for a file it cannot use.

    The list is the one of the moment, also after hours: a server that took up another searched the posts that were
    there then.
    """
    OwnPhrases.read(settings.phrases_file)
    phrases = LivePhrases(settings.phrases_file, is_logged=False)
    return Scorer(load(bundle_in_use(settings)), load_cards(), load_weights(settings.priority_file), phrases)
