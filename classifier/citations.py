"""Citations in running text: author and year, a named journal, an identifier, a dated outlet or event."""

from __future__ import annotations

import re
from collections.abc import Iterator

_YEAR = r"(?:1[4-9]|20)\d\d"
_NAME = r"[A-Z][\w'’-]+"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|spring|summer|autumn|fall|winter)"
)
_DAY = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|{_MONTH}|{_YEAR}|{_WEEKDAY})"
_JOURNAL = (
    r"(?:Lancet|BMJ|British Medical Journal|JAMA(?: [A-Z]\w+){0,2}|NEJM"
    r"|New England Journal of Medicine|PLOS \w+"
    r"|Cochrane(?: (?:Library|Database|review))?|Annals of [A-Z]\w+(?: [A-Z]\w+){0,2}"
    r"|(?:[A-Z]\w+ ){0,3}Journal of (?:the )?[A-Z]\w+(?: (?:of|and|the|[A-Z]\w+)){0,5})"
)
_PRESS = (
    r"(?:Guardian|Times|Telegraph|Independent|Reuters|Associated Press|AFP|AP|BBC(?: \w+){0,2}|NPR|CNN|CBC"
    r"|CBS(?: News)?"
    r"|NBC(?: News)?|ABC(?: News)?"
    r"|Washington Post|New York Times|Financial Times|Wall Street Journal|Atlantic|Economist"
    r"|STAT|New Scientist|Scientific American|Irish Times|Herald|Observer|Mail|Mirror|Post|Globe|Tribune"
    r"|Gazette|Chronicle"
    r"|Courier|Argus|Echo|Press|News|Today programme|Newsnight|Bloomberg|Politico|Der Spiegel|Le Monde)"
)
_EVENT = (
    r"(?:hearing|conference|meeting|inquest|inquiry|trial|briefing|congress|committee|symposium|interview|episode|lecture"
    r"|speech|debate|[Pp]arliament|court|tribunal|podcast|testimony|broadcast)"
)
_TELLING = (
    r"(?:told|tells|speaking to|spoke to|interview with|interviewed by|wrote in|writing in|reported (?:by|in)|column in"
    r"|letter to|quoted in|said on|on)"
)
_PAPER = r"(?:report|statement|guideline|guidance|review|survey|trial|study|notice|letter|paper|ruling|order|judgment)"
_PUBLISHING = r"(?:wrote|writes|writing|report(?:s|ed)|publish(?:es|ed|ing))"
_WORK = r"(?:book|memoir|paper|essay|report|statement|article|diary|novel|autobiography)"

_NO_CITATION = r"(?i:est\b|since|founded|copyright|©|born|opened|vitamin|established|circa|c\. ?\d)"
_FULL_DATE = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|{_YEAR})"

# A paper, a registered trial or an identifier that leads to one; the dated ones can stand only where a year does.
_RECORDS = (
    r"(?i:\bdoi:?\s*10\.\d{4,}|\b10\.\d{4,9}/\S+|\bPMID:?\s*\d+|\bPMC\d{5,}|\bNCT\d{8}\b|\bISBN\b"
    r"|\barxiv:\s*\d{4}\.\d{4,5})",
    rf"[(\[][^()\[\]]{{0,60}}{_NAME}[^()\[\]]{{0,40}},? pp?\. ?\d+",
    rf"\b(?:in|by|from) (?:[Tt]he |a )?(?:journal )?(?:\d{{4}} )?{_JOURNAL}\b",
    r"\bin (?:the journal )?(?:Nature(?: [A-Z]\w+){0,2}|Science)\b(?!['’])",
)
_DATED_RECORDS = (
    rf"[(\[](?!{_NO_CITATION})[^()\[\]]{{0,80}}?{_NAME}[^()\[\]]{{0,60}}\b{_YEAR}[a-z]?\b(?=[);:,\]])[^()\[\]]{{0,60}}[)\]]",
    rf"{_NAME}(?: et al\.?| and colleagues| and {_NAME}|,? & {_NAME})?,? \({_YEAR}[a-z]?\)",
    rf"\b{_NAME} et al\.?,? (?:in )?{_YEAR}",
    rf"\b{_JOURNAL},? {_YEAR}\b",
    rf"\b{_YEAR} (?:{_NAME} )?(?:Cochrane|Lancet|JAMA|BMJ)\b|\bCochrane\b[^.]{{0,40}}\b{_YEAR}",
    rf"\b{_PUBLISHING} (?:[^.“”\"]{{0,50}} )?in (?:the )?{_NAME}(?: (?:of |in |and |the )*{_NAME}){{0,6}},?"
    rf" (?:in |vol\. ?\d+,? )?{_YEAR}",
)
# A named outlet or event with its date, or a work with its year or page.
_REPORTS = (
    rf"\b{_TELLING} (?:the |The )?(?:\w+ ){{0,3}}{_PRESS}\b[^.]{{0,60}}{_DATE}",
    rf"\btold the {_NAME}(?: {_NAME}){{0,3}}\b[^.“”\"]{{0,40}}\b(?:on|in) {_DATE}",
    rf"\b(?:court|ruling|hearing|inquest|trial|tribunal|conference|meeting|committee|passed sentence)\b[^.“”\"]{{0,30}}"
    rf"\bon {_WEEKDAY}\b",
    r"(?:\(|\bon )pp?\. ?\d{1,4}\b",
    rf"{_DATE}[^.]{{0,60}}\b(?:told|in|to|on) (?:the |The )?(?:\w+ ){{0,2}}{_PRESS}\b",
    rf"\b(?:told|said|testified|wrote|answered|replied)\b[^.“”]{{0,60}}\bon {_DAY}\b",
    rf"\b{_EVENT}\b[^.]{{0,70}}\b{_FULL_DATE}\b",
    rf"\b{_FULL_DATE}\b[^.]{{0,50}}\b{_EVENT}\b",
    rf"\b(?:in|from) (?:his|her|their|the) (?:{_YEAR} )?{_WORK}\b[^.]{{0,80}}(?:{_YEAR}|p\. ?\d+|page \d+|chapter \d+)",
)
_DATED_REPORTS = (
    rf"\b(?:on|of|dated) (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}},?) {_YEAR}",
    rf"\b{_PAPER}\b[^.]{{0,50}}\b(?:in|of|from|dated|published) (?:\d{{1,2}} )?(?:{_MONTH} )?(?:\d{{1,2}},? )?{_YEAR}",
)
_HINT = re.compile(
    r"\d|Journal|Lancet|BMJ|JAMA|Nature|Science|NEJM|Cochrane|PLOS|Annals|March|May|June|July|August|ber\b|ary\b|April"
    r"|spring|summer|autumn|winter|day\b"
)
_HAS_YEAR = re.compile(_YEAR)
_UNDATED, _DATED = (
    [(re.compile(pattern), is_record) for patterns, is_record in groups for pattern in patterns]
    for groups in (((_RECORDS, True), (_REPORTS, False)), ((_DATED_RECORDS, True), (_DATED_REPORTS, False)))
)


def find_citations(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a record (a paper, rather than a report or event) of each citation in a text."""
    if not _HINT.search(text):
        return
    for pattern, is_record in _UNDATED + _DATED if _HAS_YEAR.search(text) else _UNDATED:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), is_record
