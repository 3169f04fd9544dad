"""Pull quotes: quotations set apart that only repeat what the page says elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from classifier.document import Block
from classifier.quotes import MIN_STATEMENT_WORDS, Quotation, words_of_quotation

# A pull quote is compared with the text up to this many words, so that a page of one word costs linear time.
COMPARED_WORDS = 40
COMPARED_QUOTES = 8


def find_pull_quotes(blocks: Sequence[Block], found: Sequence[Sequence[Quotation]]) -> set[tuple[int, int]]:
    """Block and start of each pull quote: set apart, and repeating words that stand elsewhere on the page."""
    pulled = [
        (place, quotation.start, words_of_quotation(blocks[place].text, quotation)[:COMPARED_WORDS])
        for place, row in enumerate(found)
        for quotation in row
        if quotation.words >= MIN_STATEMENT_WORDS and _is_set_apart(blocks[place], quotation)
    ]
    if not pulled:
        return set()
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (_, _, words) in enumerate(pulled):
        by_words[tuple(words[:MIN_STATEMENT_WORDS])].append(number)
    apart = {place for place, _, _ in pulled}
    repeats: set[tuple[int, int]] = set()
    for place, block in enumerate(blocks):
        words = words_of_quotation(block.text)
        for at in range(len(words) - MIN_STATEMENT_WORDS + 1):
            for number in by_words.get(tuple(words[at : at + MIN_STATEMENT_WORDS]), ())[:COMPARED_QUOTES]:
                other, start, pull = pulled[number]
                is_first = place not in apart or place < other
                if other != place and is_first and words[at : at + len(pull)] == pull:
                    repeats.add((other, start))
    return repeats


def _is_set_apart(block: Block, quotation: Quotation) -> bool:
    around = len(block.text) - (quotation.end - quotation.start)
    return block.kind in ("blockquote", "figcaption") or block.kind[0] == "h" or (block.kind == "p" and around <= 1)
