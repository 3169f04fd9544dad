"""The trained detector on whole documents: what it says of the seed pages, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import Block, Detector, Document, Flag, Link, Report
from classifier.document import SETTINGS
from classifier.errors import InputError
from classifier.flags import fingerprint, page_key
from classifier.labels import LabelledPage
from classifier.reading import read_html
from classifier.taxonomy import flag_ids, flag_kind
from classifier.training import data_digest

CLAIM = "It is a magic bullet that cures cancer overnight."
Seeds = dict[str, LabelledPage]


def words(report: Report, flag: Flag) -> str:
    texts = {block.id: block.text for block in report.document.blocks}
    return texts[flag.block][flag.start : flag.end]


def flags_on(detector: Detector, page: LabelledPage, text: str) -> set[str]:
    """Flags of the seed page whose stretch touches these words."""
    report = detector.analyze(page.document)
    (block,) = [block for block in page.document.blocks if text in block.text]
    start = block.text.index(text)
    return {f.flag for f in report.flags if f.block == block.id and f.start < start + len(text) and f.end > start}


def test_the_model_is_of_these_labels(detector: Detector) -> None:
    assert detector.manifest["data"]["digest"] == data_digest(), "Run 'make model'."


@pytest.mark.parametrize(
    ("seed", "text", "flag", "expected"),
    [
        ("seed-001", "It’s not a magic bullet, but rather a tool", "miracle", False),
        ("seed-003", "an outcome almost alchemical compared to", "mystique", True),
        ("seed-001", "“Lion’s Mane is literally growing your brain while you’re using it.”", "unsourced-quote", True),
        ("seed-001", "“The curious paradox is that when I accept myself", "unsourced-quote", True),
        ("seed-001", "“The mushroom says to me", "unsourced-quote", True),
        ("seed-001", "“The opposite of addiction is not sobriety.", "unsourced-quote", True),
    ],
)
def test_known_sentences(detector: Detector, seeds: Seeds, seed: str, text: str, flag: str, expected: bool) -> None:
    assert (flag in flags_on(detector, seeds[seed], text)) is expected


def test_the_plain_page_carries_nothing(detector: Detector, seeds: Seeds) -> None:
    report = detector.analyze(seeds["seed-002"].document)
    assert (report.state, report.counts) == ("checked", {})


def test_numbered_references_carry_nothing(detector: Detector, seeds: Seeds) -> None:
    document = seeds["seed-003"].document
    heading = next(i for i, block in enumerate(document.blocks) if block.text.strip(" :") == "References")
    references = {block.id for block in document.blocks[heading:]}
    assert len(references) > 3
    assert not [flag for flag in detector.analyze(document).flags if flag.block in references]


def test_a_list_of_references_carries_nothing_even_at_no_threshold(detector: Detector) -> None:
    blocks = (
        Block("h", "h2", "References"),
        Block("a", "li", CLAIM),
        Block("b", "li", f"“{CLAIM}”"),
        Block("i", "h2", "More"),
        Block("c", "p", CLAIM),
    )
    report = detector.analyze(Document(blocks), min_confidence=0)
    assert {flag.block for flag in report.flags} <= {"h", "i", "c"}
    assert "c" in {flag.block for flag in report.flags}


@pytest.mark.parametrize("document", ["", "   ", "…", Document(())])
def test_nothing_to_read_is_not_checked(detector: Detector, document: str | Document) -> None:
    report = detector.analyze(document)
    assert (report.state, report.sentences, report.flags, report.by_flag) == ("not-checked", 0, (), {})
    assert report.state_reason


def test_another_language_is_not_checked(detector: Detector) -> None:
    for document in (
        Document((Block("b", "p", CLAIM),), lang="de-AT"),
        "Dieses Mittel heilt angeblich alles, sagen die Hersteller. " * 5,
    ):
        report = detector.analyze(document)
        assert (report.state, report.language, report.flags) == ("not-checked", "de", ())
        assert report.state_reason == "This page is in German. Pinch reads English only."


def test_a_very_long_page_is_partly_checked(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.detector.MOST_SENTENCES", 2)
    report = detector.analyze(f"Hello there. Again here. {CLAIM}")
    assert (report.state, report.sentences, report.flags) == ("partly-checked", 2, ())
    assert "first 2 of 3 sentences" in (report.state_reason or "")


def test_flags_narrow_the_answer(detector: Detector) -> None:
    report = detector.analyze(CLAIM, min_confidence=0, flags=["miracle", "scare"])
    assert {flag.flag for flag in report.flags} == set(report.by_flag) == {"miracle", "scare"}
    assert detector.analyze(CLAIM, min_confidence=0, flags=[]).flags == ()


def test_min_confidence_at_its_ends(detector: Detector) -> None:
    all_flags = detector.analyze(f"{CLAIM} Hello there.", min_confidence=0)
    assert {flag.flag for flag in all_flags.flags} == set(flag_ids()) - {"unsourced-quote"}
    assert len(all_flags.flags) == 20
    assert detector.analyze("Hello there.", min_confidence=1).flags == ()


def test_settings_raise_ever_more(detector: Detector, seeds: Seeds) -> None:
    found = [{flag.id for flag in detector.analyze(seeds["seed-001"].document, setting=s).flags} for s in SETTINGS]
    assert found[0] < found[1] < found[2]


@pytest.mark.parametrize(
    "option",
    [
        {"flags": ["wonder"]},
        {"setting": "all"},
        {"min_confidence": 1.1},
        {"min_confidence": -0.1},
        {"min_confidence": float("nan")},
    ],
)
def test_bad_options_are_refused(detector: Detector, option: dict[str, object]) -> None:
    with pytest.raises(InputError):
        detector.analyze(CLAIM, **option)  # type: ignore[arg-type]


def test_the_same_words_give_the_same_report(detector: Detector, seeds: Seeds) -> None:
    assert detector.analyze(seeds["seed-000"].document) == detector.analyze(seeds["seed-000"].document)


def test_a_report_keeps_its_promises(detector: Detector, seeds: Seeds) -> None:
    for page in seeds.values():
        report = detector.analyze(page.document, setting="more")
        assert len({flag.id for flag in report.flags}) == len(report.flags)
        for flag in report.flags:
            assert words(report, flag) == flag.quote.exact
            assert flag.confidence <= report.by_flag[flag.flag]
            assert all(
                flag.start <= e.start < e.end <= flag.end for e in flag.evidence if flag.flag != "unsourced-quote"
            )
            assert flag.severity == flag_kind(flag.flag).severity or flag.flag == "unsourced-quote"
            assert flag.source in ("sentence", "block", "page", "nowhere", None)
        weights = [[e.weight for e in flag.evidence] for flag in report.flags]
        assert all(each == sorted(each, reverse=True) and len(each) <= 4 for each in weights)


def test_a_fingerprint_survives_edits_elsewhere_and_tells_repeats_apart(detector: Detector) -> None:
    plain = [flag.id for flag in detector.analyze(CLAIM, flags=["miracle"]).flags]
    edited = detector.analyze(f"The clinic opens at nine.\n\n{CLAIM.replace(' ', '  ')} {CLAIM}", flags=["miracle"])
    assert len(plain) == 1
    assert [flag.id for flag in edited.flags][:1] == plain
    assert len({flag.id for flag in edited.flags}) == len(edited.flags) == 2


def test_a_fingerprint_is_of_its_page_without_query(detector: Detector) -> None:
    def ids(url: str | None, key: str = "") -> list[str]:
        return [flag.id for flag in detector.analyze(Document((Block("b", "p", CLAIM),), url=url, key=key)).flags]

    assert ids("https://a.b/c?utm=1#x") == ids("https://a.b/c")
    assert ids("https://a.b/c") != ids("https://a.b/d")
    assert ids(None, "post-1") != ids(None, "post-2")
    assert page_key(Document((), url="http://[broken")) == ""
    assert len(fingerprint("k", "miracle", "w", 1)) == 16


def test_a_quotation_over_three_sentences_is_one_flag(detector: Detector) -> None:
    quote = "“You are not alone in this. The mushroom is growing your brain. You are connected to everything.”"
    report = detector.analyze(f"{quote} - Terence McKenna", flags=["unsourced-quote"], min_confidence=0.01)
    assert [words(report, flag) for flag in report.flags] == [quote]
    assert report.sentences == 3


QUOTE = "“It is literally growing your brain,” says Dr. Lund in a talk."
NEWS = "https://www.bbc.co.uk/news/health-1"


def test_a_quotation_says_where_a_source_stands(detector: Detector) -> None:
    text = f"{QUOTE} Others were asked for the radio."
    near = Block("b", "p", text, links=(Link(len(text) - 6, len(text) - 1, NEWS),))
    bare, far = Block("a", "p", QUOTE), Block("c", "p", "More here.", links=(Link(0, 4, "https://doi.org/10.1/x"),))
    for blocks, source in (((near,), "block"), ((bare, far), "page"), ((bare,), "nowhere")):
        report = detector.analyze(Document(blocks), flags=["unsourced-quote"], min_confidence=0.0001)
        assert [flag.source for flag in report.flags][:1] == [source]


def test_a_claim_says_that_a_source_stands_in_its_sentence(detector: Detector) -> None:
    text = "It reverses dementia, as told here. It heals the gut."
    block = Block("b", "p", text, links=(Link(30, 34, NEWS),))
    report = detector.analyze(Document((block,)), flags=["overclaim"], min_confidence=0.0001)
    assert [flag.source for flag in report.flags] == ["sentence", "block"]


@pytest.mark.parametrize(
    "html",
    [
        f'<p>“It is literally growing your brain,” says Dr. Lund in <a href="{NEWS}">a talk</a>.</p>',
        "<p>“It is literally growing your brain.”<sup>1</sup></p><h2>Notes</h2>"
        "<p>1. Lund A. Growing brains. Cell 2019;2:7.</p>",
        f'<blockquote><p>It is literally growing your brain.</p><footer><a href="{NEWS}">BBC</a></footer></blockquote>',
    ],
)
def test_a_quotation_with_a_source_of_its_own_is_never_unsourced(detector: Detector, html: str) -> None:
    report = detector.analyze(read_html(html, lang="en"), flags=["unsourced-quote"], min_confidence=0.0)
    assert report.flags == ()


def test_a_pull_quote_brings_no_second_flag(detector: Detector) -> None:
    html = f"<p>{QUOTE} It was long.</p><blockquote>It is literally growing your brain</blockquote>"
    report = detector.analyze(read_html(html, lang="en"), flags=["unsourced-quote"], min_confidence=0.0001)
    assert [flag.block for flag in report.flags] == ["b0"]


def test_a_quotation_over_several_blocks_is_one_flag(detector: Detector) -> None:
    html = "<p>She said:</p><p>“It is growing your brain.</p><p>“It has grown mine, and I was slow,” she said.</p>"
    report = detector.analyze(read_html(html, lang="en"), flags=["unsourced-quote"], min_confidence=0.0001)
    assert len(report.flags) == 1


_BEFORE = st.text(
    alphabet=st.sampled_from("😀👩\u200d🔬\U0001f3fde\u0301\u0300שלוםمرحبا\u202e\u200f한ｚ"), min_size=1, max_size=25
)


@settings(deadline=None, max_examples=40)
@given(before=_BEFORE)
def test_what_stands_before_a_sentence_shifts_it_exactly(detector: Detector, before: str) -> None:
    alone = detector.analyze(Document((Block("b", "p", CLAIM),), lang="en"), flags=["miracle"])
    text = f"Word {before}. {CLAIM}"
    shifted = detector.analyze(Document((Block("b", "p", text),), lang="en"), flags=["miracle"])
    at = text.index(CLAIM)
    flag = next(flag for flag in shifted.flags if flag.end == len(text))
    assert text[flag.start : flag.end].endswith(alone.flags[0].quote.exact)
    assert flag.start in (0, at)
    assert all(text[e.start : e.end] in CLAIM for e in flag.evidence if e.start >= at)
    assert any(e.start >= at for e in flag.evidence)


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\ud83d“”\"' .\n"))))
def test_any_text_gets_a_sound_report(detector: Detector, text: str) -> None:
    report = detector.analyze(text, min_confidence=0)
    assert (report.state == "not-checked") is (report.state_reason is not None)
    for flag in report.flags:
        assert words(report, flag) == flag.quote.exact != ""


def test_html_and_its_links_reach_the_report(detector: Detector) -> None:
    report = detector.analyze(read_html(f"<h1>Tea</h1><p>{CLAIM}</p>", url="https://a.b/c"))
    assert {(flag.block, flag.start, flag.end) for flag in report.flags} == {("b1", 0, len(CLAIM))}


def test_documents_read_together_get_the_reports_that_they_get_alone(detector: Detector) -> None:
    texts = (CLAIM, "", f"I slept. {CLAIM} You?", "Rain.", CLAIM)
    documents = [Document((Block("b", "p", text),)) for text in texts]
    for wanted in (None, ["miracle"]):
        alone = [detector.analyze(document, flags=wanted) for document in documents]
        assert detector.analyze_all(documents, flags=wanted) == alone
    assert detector.analyze_all([]) == []
    assert [report.state for report in detector.analyze_all(documents[1:2])] == ["not-checked"]
