"""Each refusal of ``pinch labels check``, and the honest writing next to it that passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier import label_checks
from classifier.label_checks import REUSE_SENTENCES, TEMPLATE_SENTENCES, LabelCheck, check_labels, main
from classifier.labels import parse_pages

WORDS = (
    "alder birch cedar dogwood elm fir ginkgo hazel ivy juniper "
    "kapok larch maple nettle oak pine quince rowan sorrel thyme"
).split()


def words(number: int, count: int = 4) -> str:
    """Words that no other number shares in a run."""
    return " ".join(WORDS[(number * (k + 3) + 5 * k) % len(WORDS)] + str(number) for k in range(count))


@pytest.fixture
def check(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*lines: str, name: str = "one", topic: str = "x") -> LabelCheck:
        head = f"=== {name}\nregister: blog\ntopic: {topic}\ntitle: T\n"
        (tmp_path / f"{name}.page").write_text(head + "\n".join(lines), "utf-8")
        return check_labels(tmp_path)

    return run


def test_honest_pages_pass_and_are_counted(check) -> None:  # type: ignore[no-untyped-def]
    check("p [miracle] It is a cure for every pain.", "p [~miracle:denied] Nobody was helped in the trial.", name="one")
    found = check("p [scare ?miracle] Your tap water is poison.", name="two", topic="y")
    assert found.problems == []
    counts = found.counts
    assert (counts.pages, counts.sentences, counts.flagged, counts.pairs, counts.topics) == (2, 3, 2, 0, 2)
    assert {flag: n for flag, n in counts.by_flag.items() if n} == {"miracle": 1, "scare": 1}
    assert {flag: n for flag, n in counts.near_misses.items() if n} == {"miracle": 1}
    assert counts.by_register == {"blog": 3}


def test_a_broken_file_is_named_and_the_others_are_read(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bytes.page").write_bytes(b"\xff\xfe")
    check("nonsense", name="broken")
    found = check("p [] All is well here.", name="good")
    assert [problem.split(": ")[0] for problem in found.problems] == ["broken.page:5", "bytes.page"]
    assert [page.id for page in found.pages] == ["good"]


def test_a_repeated_page_id(check) -> None:  # type: ignore[no-untyped-def]
    (problem,) = check(
        "p [] One here.", "=== one", "register: blog", "topic: x", "title: T", "p [] Two there."
    ).problems
    assert "page id one stands in" in problem


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["p [miracle] <a> It heals all pain."], "stands on 1 line"),
        (["p [miracle] <a> It heals pain.", "p [] <a> It heals no pain.", "p [] <a> It may heal pain."], "on 3 line"),
        (["p [miracle] <a> It heals all pain.", "p [miracle] <a> It heals some pain."], "same flags"),
        (["p [miracle] <a> It heals all pain.", "p [] <a> Parking costs two pounds."], "hardly a word"),
        (["p [miracle] <a> It heals all pain.", "p [] <a> It does not heal all pain."], None),
    ],
)
def test_pairs(check, lines: list[str], complaint: str | None) -> None:  # type: ignore[no-untyped-def]
    problems = check(*lines).problems
    assert ([complaint in problem for problem in problems] == [True]) if complaint else problems == []


def test_near_duplicates(check) -> None:  # type: ignore[no-untyped-def]
    sentence = "The tea from the valley heals every pain within a week"
    (problem,) = check(f"p [] {sentence}.", f"p [] {sentence} or two.").problems
    assert problem == "one.page:6: nearly the same as one.page:5."
    assert check(f"p [miracle] <a> {sentence}.", f"p [] <a> {sentence} or two.").problems == []
    assert check("p [] Ask your doctor.", "p [] Ask your doctor.").problems == []


def test_labels_must_not_resemble_the_pages_they_are_measured_on(tmp_path: Path) -> None:
    head = "=== {}\nregister: blog\ntopic: x\ntitle: T\n"
    sentence = "p [] The tea from the valley heals every pain within a week."
    (tmp_path / "one.page").write_text(head.format("one") + sentence, "utf-8")
    against = parse_pages(head.format("two") + sentence + "\n" + sentence, "two.page")
    assert check_labels(tmp_path, against=against).problems == ["one.page:5: nearly the same as two.page:5."] * 1 + [
        "one.page:5: nearly the same as two.page:6."
    ]


def test_a_run_of_six_words_in_too_many_sentences_is_a_template(check) -> None:  # type: ignore[no-untyped-def]
    lines = [f"p [] {words(n)} this is what they never tell {words(n + 50)}." for n in range(TEMPLATE_SENTENCES + 1)]
    assert any("'this is what they never tell' stand in 7" in problem for problem in check(*lines).problems)
    assert not any("is a template" in problem for problem in check(*lines[1:]).problems)
    assert check(*lines, topic="seeds").problems == []


def test_twins_of_a_pair_count_once(check) -> None:  # type: ignore[no-untyped-def]
    lines = [f"p [] {words(n)} this is what they never tell {words(n + 50)}." for n in range(TEMPLATE_SENTENCES - 1)]
    told = f"this is what they never tell {words(90)}"
    lines += [f"p [scare] <a> {words(80)} {told}.", f"p [~scare:denied] <a> {words(80)} it is untrue that {told}."]
    assert not any("is a template" in problem for problem in check(*lines).problems)


def test_a_large_set_may_say_ordinary_things_more_often(check, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(label_checks, "TEMPLATE_RARITY", 1)
    lines = [f"p [] {words(n)} this is what they never tell {words(n + 50)}." for n in range(TEMPLATE_SENTENCES + 1)]
    assert not any("is a template" in problem for problem in check(*lines).problems)


def test_too_much_reuse_of_five_words(check) -> None:  # type: ignore[no-untyped-def]
    shared = [f"p [] {words(n)} on the other hand they {words(n + 50)}." for n in range(REUSE_SENTENCES)]
    own = [f"p [] {words(100 + n, 9)}." for n in range(80)]
    assert check(*shared, *own[:20]).problems == ["4 of 24 sentences hold a run of 5 words that 4 or more share."]
    assert check(*shared, *own).problems == []
    assert check(*shared[1:], *own[:20]).problems == []


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "one.page"
    file.write_text("=== one\nregister: blog\ntopic: x\ntitle: T\np [miracle] It heals.", "utf-8")
    assert main([str(file)]) == 0
    assert "1 pages, 1 sentences, 1 flagged, 0 pairs" in capsys.readouterr().out
    file.write_text("nonsense", "utf-8")
    assert main([str(file)]) == 1
    assert "one.page:1:" in capsys.readouterr().out
