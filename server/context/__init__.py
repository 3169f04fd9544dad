"""The context room: cards that say what public-health bodies know, shown beside flags."""

from server.context.cards import Card, CardError, card_json, load_cards
from server.context.matching import Matches, match

__all__ = ["Card", "CardError", "Matches", "card_json", "load_cards", "match"]
