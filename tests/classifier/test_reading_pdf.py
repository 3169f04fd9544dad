"""PDF files: paragraphs from lines, and a plain word on what cannot be read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from classifier.document import Document
from classifier.errors import InputError
from classifier.reading import pdf as reading
from classifier.reading.pdf import read_pdf
from tests.classifier.printed_pages import lines, pdf
from tests.classifier.test_cli import CLAIM, pinch
from tests.soak.exact import check_reading

TEA = (
    "The leaves are picked in the second week of May, while the mornings are",
    "still cold. Whoever picks them later gets a bitter cup, and many households",
    "keep the first tin for guests.",
)


def shown(document: Document) -> list[tuple[str, str]]:
    check_reading(document)
    return [(block.kind, block.text) for block in document.blocks]


def test_lines_become_paragraphs_and_blank_lines_part_them() -> None:
    page = lines(*TEA, "", "Store it dark and dry. A jar by the window fades within one summer and", "tastes of hay.")
    assert shown(read_pdf(pdf(page))) == [
        ("p", " ".join(TEA)),
        ("p", "Store it dark and dry. A jar by the window fades within one summer and tastes of hay."),
    ]


def test_an_indent_begins_a_paragraph_and_so_does_the_line_behind_a_short_last_one() -> None:
    more = ("Guests are offered the small cups with the blue rim, and nobody pours for", "himself at this table.")
    indented = lines(*TEA) + lines(more[0], x=90, y=760 - 3 * 14) + lines(more[1], y=760 - 4 * 14)
    flush = lines(*TEA, *more)
    assert (
        shown(read_pdf(pdf(indented))) == shown(read_pdf(pdf(flush))) == [("p", " ".join(TEA)), ("p", " ".join(more))]
    )


def test_headings_are_told_by_size_or_weight_and_items_by_their_bullets() -> None:
    page = lines("A tin of first leaves", y=800, size=20)
    page += lines(*TEA)
    page += lines("What to bring", y=700, font="F2")
    page += lines("\x95 a kettle with a lid that shuts tight, for the walk up to the upper", y=680)
    page += lines("garden and back", x=90, y=666) + lines("\x95 a tin", y=652)
    document = read_pdf(pdf(page.encode("latin-1")))
    assert shown(document) == [
        ("h1", "A tin of first leaves"),
        ("p", " ".join(TEA)),
        ("h2", "What to bring"),
        ("li", "a kettle with a lid that shuts tight, for the walk up to the upper garden and back"),
        ("li", "a tin"),
    ]
    assert [block.intro for block in document.blocks[3:]] == ["b2", "b2"]
    assert document.title == "A tin of first leaves"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the leaves of a fermen-", "tation that nobody watched", "the leaves of a fermentation that nobody watched"),
        ("the soft end of a ketmen-".replace("-", "\xad"), "tal line", "the soft end of a ketmental line"),
        ("a well-known hill and a well-", "known tea from it", "a well-known hill and a well-known tea from it"),
        ("since the years of COVID-", "19 the fair is small", "since the years of COVID-19 the fair is small"),
        ("the range from A -", "and on to Z", "the range from A - and on to Z"),
    ],
)
def test_words_parted_at_a_lines_end_are_joined(first: str, second: str, joined: str) -> None:
    assert shown(read_pdf(pdf(lines(first, second).encode("latin-1")))) == [("p", joined)]


def test_running_heads_and_page_numbers_are_left_out_and_a_sentence_goes_on_over_the_page() -> None:
    pages = [
        lines(f"Tea Growers' Letter {number}", y=810, size=9) + lines(*text, y=700) + lines(f"Page {number} of 3", y=30)
        for number, text in enumerate((TEA[:1], TEA[1:], ("It is sold in the yard.",)), start=4)
    ]
    assert shown(read_pdf(pdf(*pages))) == [("p", " ".join(TEA)), ("p", "It is sold in the yard.")]


def test_columns_are_read_one_after_the_other() -> None:
    page = lines("Pour the water off before it", "boils, and wait for a", y=700) + lines("minute or so.", x=320, y=700)
    assert shown(read_pdf(pdf(page))) == [("p", "Pour the water off before it boils, and wait for a minute or so.")]


@pytest.mark.parametrize(
    ("named", "title"),
    [("First leaves", "First leaves"), ("draft-7.docx", None), ("Microsoft Word - tea", None), ("", None)],
)
def test_the_title_is_the_files_own_unless_it_is_a_file_name(named: str, title: str | None) -> None:
    assert read_pdf(pdf(lines(*TEA), title=named)).title == title
    assert read_pdf(pdf(lines(*TEA), title=named), title="Mine").title == "Mine"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Words and no PDF.", "not-a-pdf"),
        (b"%PDF-1.4\nnothing more", "bad-pdf"),
        (pdf(lines(*TEA))[:200], "bad-pdf"),
        (pdf("0 0 100 100 re f"), "pdf-without-text"),
        (pdf(), "pdf-without-text"),
        (pdf(*["0 0 1 1 re f"] * (reading.MOST_PAGES + 1)), "too-long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pdf(data)
    assert caught.value.code == code
    assert caught.value.hint


def test_an_encrypted_file_is_refused() -> None:
    key = "<" + "5a" * 32 + ">"
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> /ID [<00> <00>]"
    with pytest.raises(InputError, match="encrypted") as caught:
        read_pdf(pdf(lines(*TEA), trailer=locked))
    assert caught.value.code == "pdf-encrypted"


def test_time_and_the_length_of_a_page_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(reading, "MOST_PAGE_BYTES", 50)
        with pytest.raises(InputError, match="Page 1 of this PDF is too large"):
            read_pdf(pdf(lines(*TEA)))
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.0)
    with pytest.raises(InputError, match="longer than 0 seconds"):
        read_pdf(pdf(lines(*TEA)))


def test_a_damaged_file_is_refused_or_read_and_nothing_else() -> None:
    whole = pdf(lines(*TEA), lines("The yard opens at nine."), title="Tea")
    for at in range(0, len(whole), 7):
        for damaged in (whole[:at], whole[:at] + b"/<(" + whole[at + 3 :], whole[:at] + whole[at + 20 :]):
            with suppress(InputError):
                check_reading(read_pdf(damaged))


def test_a_title_that_is_no_text_and_a_filter_of_an_unknown_name() -> None:
    whole = pdf(lines(*TEA), title="abc")
    assert read_pdf(whole.replace(b"/Title (abc)", b"/Title 12345")).title == "12345"
    with pytest.raises(InputError, match="damaged"):
        read_pdf(whole.replace(b"<< /Length", b"<< /Filter /Fl /Length"))


def test_check_reads_pdf_files_by_name_by_content_and_as_told(tmp_path: Path) -> None:
    data = pdf(lines(CLAIM))
    for name, options in (("a.pdf", ()), ("a", ()), ("a.txt", ("--as", "pdf"))):
        (tmp_path / name).write_bytes(data)
        result = pinch("check", tmp_path / name, *options)
        assert (result.exit_code, "Miracle" in result.stdout) == (1, True)
    (tmp_path / "b.pdf").write_text(CLAIM, "utf-8")
    result = pinch("check", tmp_path / "b.pdf")
    assert (result.exit_code, "no PDF" in result.stderr, CLAIM in result.stderr) == (2, True, False)
