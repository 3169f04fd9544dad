"""What the words around a quotation make of it: a statement by somebody, or a name, advice, a line that is refuted.

All are signs that the model weighs; none decides by itself.
"""

from __future__ import annotations

import re

from classifier.quoted import Quoted
from classifier.quotes import is_title
from classifier.scope import is_under_myths
from classifier.sourcing import Carry
from classifier.views import SentenceView

QUOTE_SIGNS = (
    "quote speaker", "quote named speaker", "quote verb", "quote sentence source", "quote block source",
    "quote unsourced statement", "quote repeats", "quote parts",
    "quote asks", "quote verdict", "quote listed as false", "quote is named", "quote for reader", "quote retold",
    "quote on thing", "quote disowned", "quote denied next",
    "quote in clause", "quote plain", "quote plain alone", "quote six words", "quote eight words", "quote plain long",
)  # fmt: skip

# What is said of quoted words right behind them, and which words before them make them a name or advice to say.
_VERDICT = re.compile(
    r"[”\"’'»\s,.;:–—-]*(?:(?:that|which|it|this|and|but|yet) )?(?:is|are|was|were|has|have|does|did|can|cannot|means?"
    r"|would|belongs?|sounds?|tells|names|ignores|omits|only)\b",
    re.I,
)
_DENIED_NEXT = re.compile(
    r"\s*(?:(?:it|that|this|they|there|he|she|the \w+)\b.{0,16}?\b(?:not|no|never|false|wrong|untrue|nonsense)\b"
    r"|(?:it|that|this|they)\b.{0,4}(?:isn|doesn|don|wasn|didn)[’']t|(?:false|wrong|no|not|none|nobody|nonsense)\b)",
    re.I,
)
_DISOWNED = re.compile(
    r"\b(?:never (?:said|wrote|spoke|used)|not (?:find|trace)|cannot be (?:found|traced)|fake|made[- ]up|invented"
    r"|attributed|stock photo|no such|neither|nonsense|rubbish|untrue|myth|banned|withdrawn)\b",
    re.I,
)
_NAMING = re.compile(
    r"\b(?:called|titled|entitled|named|headed|labell?ed|marked|leaflets?|books?|films?|songs?|podcasts?|episodes?"
    r"|chapters?|courses?|talks?|articles?|papers?|words?|terms?|phrases?|sayings?|button)(?: \w+)?[,:]?\s*$",
    re.I,
)
# What speaks is no person that could be asked.
_THING = re.compile(
    r"\b(?:labels?|captions?|posters?|leaflets?|box|pages?|signs?|cards?|boards?|forms?|adverts?|advertisements?|ads?"
    r"|posts?|clips?|packets?|brochures?|websites?|tins?|bottles?|slogans?|lines?|headlines?|flyers?|listings?"
    r"|stickers?|banners?|items?)(?: \w+){0,3}[,:]?\s*$",
    re.I,
)
_FOR_READER = re.compile(
    r"(?:\b(?:you (?:can|could|may|might)|please|try|type|press|click|tick|choose|write|ask|search"
    r"|say|tell (?:them|him|her)"
    r"|tell the \w+|(?:it|things) (?:can )?helps? to (?:say|hear)|instead of|callers|patients often)\b[^.!?]{0,40}"
    r"|\b(?:when|if) (?:your|a|the|somebody|someone) ?(?:\w+ ){0,2}(?:says?|asks?|tells you|complains)[,:]?[^.!?]{0,10}"
    r"|\b(?:do|did|have|are) you\b[^.!?]{0,40}|\basked[,:]? )$",
    re.I,
)
# A patient tells what was said of their own case.
_RETOLD = re.compile(
    r"\b(?:my|our|the|a) (?:own )?(?:\w+ )?(?:gp|doctor|doc|consultant|surgeon|oncologist|midwife|nurse|dentist"
    r"|neurologist|neuro|rheumatologist|dermatologist"
    r"|psychiatrist|therapist|physio|paediatrician|pediatrician|specialist|pharmacist|cardiologist|endo|registrar|audiologist|optician|optometrist|dietitian|derm|haematologist|hematologist|urologist|gynaecologist|paramedic"
    r"|radiologist|oncology nurse|health visitor)\b"
    r"[^.!?“”\"]{0,40}$",
    re.I,
)


def quote_signs(view: SentenceView, quoted: Quoted) -> list[float]:
    """Who speaks, where the source of all of the quotation stands, and what the words around it make of it.

    In the order of :data:`QUOTE_SIGNS`, each 0 to 1.
    """
    text, quote, speaker = view.around.block.text, quoted.quotation, quoted.speaker
    is_sourced = quoted.place in ("sentence", "block") or quoted.carry >= Carry.PAGE
    senses = _other_senses(view, quoted)
    is_plain = not (is_sourced or any(senses) or quoted.is_repeat or is_title(text, quote))
    is_alone = quote.start <= 8 and quote.end >= len(text) - 60
    is_told = speaker is not None
    return [
        float(is_told), float(bool(speaker and speaker.is_named)), float(bool(speaker and speaker.verb)),
        quoted.carry / Carry.RECORD, float(quoted.place == "block"),
        float(is_told and not is_sourced), float(quoted.is_repeat), float(quoted.parts > 1), *map(float, senses),
        float(text[quote.end : quote.end + 8].lstrip(" ")[:1].islower()),
        float(is_plain and is_told), float(is_plain and is_alone), float(quote.words >= 6), float(quote.words >= 8),
        float(is_plain and quote.words >= 6 and (is_told or is_alone)),
    ]  # fmt: skip


def _other_senses(view: SentenceView, quoted: Quoted) -> list[bool]:
    """Signs that the quotation is no statement to be checked: asked, judged, listed as false, a name, advice, retold,
    printed on a thing, disowned in its sentence, denied in the next.
    """
    text, quote, sentence = view.around.block.text, quoted.quotation, view.sentence
    before = text[max(0, quote.start - 60) : quote.start]
    above = view.around.above.intersection(("debunk", "warn"))
    around = f"{text[sentence.start : quote.start]} {text[quote.end : sentence.end]}"
    return [
        text[quote.start : quote.end].rstrip("”\"’'» ").endswith("?"),
        bool(_VERDICT.match(text, quote.end)),
        quoted.speaker is None and (is_under_myths(view) or bool(above)),
        bool(_NAMING.search(before)),
        bool(_FOR_READER.search(before)),
        bool(_RETOLD.search(before)),
        bool(_THING.search(before)),
        bool(_DISOWNED.search(around)),
        bool(_DENIED_NEXT.match(text, max(quote.end, sentence.end))),
    ]
