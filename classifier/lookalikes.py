"""Characters that look like a Latin letter or like nothing: what they stand for where someone disguises a word.

The table is our own choice from the Unicode Consortium's ``confusables.txt`` (Unicode Technical Standard 39, "Unicode
Security Mechanisms"), single letters only, with the small capitals that posts are decorated with. Mathematical,
full-width, circled and raised letters need no table: their compatibility decomposition (NFKC, Unicode Standard Annex
15) is the letter.
"""

from __future__ import annotations

import re
import unicodedata

_FROM = (
    "аеорсухіјѕԁһԛԝкмтнвьгпиАВЕКМНОРСТУХІЈЅ"  # Cyrillic
    "оսոհց"  # Armenian, and one more Cyrillic
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıłøđ"  # Latin, as small capitals and otherwise odd
)
_TO = "aeopcyxijsdhqwkmthbbrnuABEKMHOPCTYXIJSouohgabcdefghijklmnoprstuvwyzagilod"
_GREEK_FROM = "αεικνορτυχγϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_GREEK_TO = "aeikvoptuxycjABEZHIKMNOPTYX"
_TABLE = str.maketrans(_FROM + _GREEK_FROM, _TO + _GREEK_TO)
_GREEK = frozenset(_GREEK_FROM)
_LATIN = frozenset("ɑɡıłøđ")
_SMALL_CAPITALS = frozenset("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ")

# Nobody sees these. A joiner or a variation selector is left alone in an emoji, where it has a meaning.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]+"
    "|(?<=\\w)[\u200d\ufe00-\ufe0f]+(?=\\w)"
)
_MARK = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f"
MARKED = re.compile(f"[^\\W\\d_][{_MARK}]+")
STYLED = re.compile(
    "[\u02b0-\u02b8\u1d2c-\u1dbf\u2090-\u209c\u210a-\u213f\u24b6-\u24e9\ufb00-\ufb06\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001faff\u200d\ufe0f"
_STYLED_KINDS = frozenset({"Lu", "Ll", "Lm", "Nd", "So"})
# Negative circled and squared letters have no decomposition; they stand in the order of the alphabet.
_NEGATIVE_FROM = (0x1F150, 0x1F170)


def unstyled(char: str) -> str | None:
    """What a styled character stands for in ASCII, or None: then it is a sign of its own (™, ℃, ½)."""
    for first in _NEGATIVE_FROM:
        if first <= ord(char) < first + 26:
            return chr(ord("A") + ord(char) - first)
    plain = unicodedata.normalize("NFKC", char)
    is_single = len(plain) == 1 and (unicodedata.category(char) in _STYLED_KINDS or char > "\uff00")
    return plain if plain.isascii() and (is_single or "\ufb00" <= char <= "\ufb06") else None


def unmarked(letter: str, marks: str) -> str:
    """A letter with its combining marks: the composed letter for one mark that belongs to it, else the bare letter."""
    composed = unicodedata.normalize("NFC", letter + marks) if len(marks) == 1 else letter
    return composed if len(composed) == 1 else letter


def unaccented(word: str) -> str:
    """A word's letters without their accents; of the same length."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in word)


def as_latin(word: str) -> str | None:
    """A word with its look-alikes as Latin letters, or None where letters remain that look like none."""
    folded = word.translate(_TABLE)
    return folded if folded.isascii() else None


def is_mixed(word: str) -> bool:
    """Whether a word mixes scripts as no language does.

    A Greek letter at the edge of a word is science ("TNFα", "μg", "NFκB" with few small letters), not a disguise.
    """
    latin = sum(char.isascii() and char.isalpha() for char in word)
    if all(char.isascii() or char in _LATIN for char in word):
        return False
    if all(char in _SMALL_CAPITALS for char in word):
        return len(word) > 2
    if any(char in _GREEK for char in word):
        small = sum("a" <= char <= "z" for char in word)
        return small >= 3 and word[0] not in _GREEK and word[-1] not in _GREEK
    return latin > 0
