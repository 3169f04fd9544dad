"""What may stand in a team's file, what is refused and how it is told."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from classifier.cli import COMMANDS
from classifier.errors import InputError
from classifier.own_phrases import OwnPhrases
from classifier.phrase_checks import check_last, check_phrases
from classifier.phrase_editing import with_entry, without_entry, write_list
from classifier.phrase_syntax import read_phrase
from classifier.places import phrases_file
from tests.classifier.own_words import listing, never, raising

GOOD = """format = 1

[[phrase]]
phrase = "black salve"
flag = "scare"
reason = "R."
hits = ["Put black salve on it."]
"""


@pytest.mark.parametrize(
    ("written", "read"), [("Black  Salve", "black salve"), ("don’t _ (sleep|rest) well?", "don't _ (sleep|rest) well?")]
)
def test_phrases_are_read_as_they_are_matched(written: str, read: str) -> None:
    assert read_phrase(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "", "(a", "a)", "(a|)", "(|b) c", "_ salve", "salve _", "salve? now", "no* way", "#salve", "a - b", "-a b",
        "bla\u200bck salve", "salve\udcff",
        "a? b", "a b? c? d? e? f?", "x" * 201, "(a b", "a | b", "**", " ".join("abcdefghijklmnopq"),
    ],
)  # fmt: skip
def test_what_is_no_phrase_is_refused_in_plain_words(written: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|word|choice"):
        read_phrase(written)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "'format'"),
        ("format = 2\n", "'format'"),
        ("[[phrase", "not TOML"),
        (GOOD + GOOD.partition("\n")[2].replace('"scare"', '"hype"'), "entry 2, 'flag'"),
        (GOOD.replace("reason", "secretkey"), "entry 1"),
        (GOOD.replace('reason = "R."\n', ""), "entry 1"),
        (GOOD.replace('hits = ["Put black salve on it."]\n', ""), "entry 1, 'hits'"),
        (GOOD.replace('"Put black salve on it."', '"Fine.", 7'), "entry 1, 'hits' 2"),
        (GOOD + "never = true\nalways = true\n", "entry 1"),
        (GOOD.replace("black salve", "(black", 1), "entry 1, 'phrase'"),
    ],
)
def test_errors_name_the_entry_and_repeat_nothing_of_it(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        OwnPhrases.read_from(text, "phrases.toml")
    assert told in str(caught.value)
    assert "secretkey" not in str(caught.value)
    assert "black" not in str(caught.value)


def test_a_list_must_do_what_its_own_sentences_say() -> None:
    assert check_phrases(listing(raising("black salve", misses=["Do not use black salve."]))) == []
    wrong = listing(
        raising("black salve", hits=["Black tea."]),
        raising("salve", misses=["Put salve on it."]),
        never("mile", hits=["The mile."]),
        raising("mile", hits=["The mile heals."]),
        never("mile", hits=["The mile."]),
    )
    problems = check_phrases(wrong)
    assert [problem.partition(":")[0] for problem in problems] == ["entry 1", "entry 2", "entry 4", "entry 5"]
    assert not any("tea" in problem for problem in problems)


def test_an_entry_is_cut_out_and_the_rest_stays_as_it_was_written() -> None:
    text = with_entry(f"# Ours.\n{GOOD}", raising('say "black" salve', note="Tab\\slash"))
    assert without_entry(text, 2) == f"# Ours.\n{GOOD}"
    assert OwnPhrases.parse(without_entry(text, 1)).entries == OwnPhrases.parse(text).entries[1:]
    for number in (0, 3):
        with pytest.raises(InputError, match="none of that number"):
            without_entry(text, number)


def test_a_comment_goes_with_the_entry_below_it_and_no_other() -> None:
    entry = GOOD.partition("\n\n")[2]
    text = f"format = 1\n# Ours.\n\n# Burns, ann.\n{entry}# The seller.\n# Asked bo.\n{entry.replace('salve', 'tea')}"
    assert (
        without_entry(text, 1) == f"format = 1\n# Ours.\n\n# The seller.\n# Asked bo.\n{entry.replace('salve', 'tea')}"
    )
    assert without_entry(text, 2) == f"format = 1\n# Ours.\n\n# Burns, ann.\n{entry}"


def test_a_list_is_written_where_its_link_leads_and_for_the_same_people(tmp_path: Path) -> None:
    real, link = tmp_path / "kept" / "phrases.toml", tmp_path / "phrases.toml"
    real.parent.mkdir()
    real.write_text(GOOD, "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_list(link, "format = 1\n")
    assert link.is_symlink()
    assert (real.read_text("utf-8"), stat.S_IMODE(real.stat().st_mode)) == ("format = 1\n", 0o640)


def test_the_last_entry_is_checked_alone_as_it_is_among_all() -> None:
    for wrong in (
        listing(raising("salve"), raising("salve")),
        listing(raising("salve"), raising("tea", hits=["Salve."])),
        listing(never("mile"), raising("mile", hits=["The mile heals."])),
    ):
        assert check_last(wrong) == [told for told in check_phrases(wrong) if told.startswith("entry 2")] != []


def test_an_entry_that_cannot_be_cut_out_safely_is_left() -> None:
    text = GOOD.replace('"R."', '"""R.\n[[phrase]]\n"""')
    with pytest.raises(InputError):
        without_entry(text, 1)


def test_command_line_and_server_look_in_the_same_place(tmp_path: Path) -> None:
    assert phrases_file({"PINCH_DATA_DIR": str(tmp_path)}) == tmp_path / "phrases.toml"
    assert phrases_file({"PINCH_DATA_DIR": "/x", "PINCH_PHRASES": str(tmp_path / "p")}) == tmp_path / "p"


def run(*arguments: str, path: Path) -> tuple[int, str]:
    command = next(command for command in COMMANDS if command.name == arguments[0])
    result = CliRunner().invoke(command, [*arguments[1:], "--phrases", str(path)])
    return result.exit_code, result.output


def test_the_commands_add_list_check_and_remove(tmp_path: Path) -> None:
    path = tmp_path / "new" / "phrases.toml"
    (tmp_path / "file").write_text("", "utf-8")
    asked = ("phrases", "add", "tea", "--flag", "scare", "--reason", "R.", "--hit", "Drink tea.")
    code, told = run(*asked, path=tmp_path / "file" / "phrases.toml")
    assert (code, "cannot be" in told) == (2, True)
    assert run("phrases", "check", path=path)[0] == 2
    asked = ("phrases", "add", "black salve", "--flag", "scare", "--reason", "R.")
    assert run(*asked, "--hit", "Black tea.", path=path)[0] == 2
    assert not path.exists()
    assert run(*asked, "--hit", "Put black salve on it.", path=path)[0] == 0
    assert run("phrases", "check", path=path) == (0, "1 entries, 0 problems\n")
    assert "black salve  →  scare: R." in run("phrases", "list", path=path)[1]
    path.write_text(path.read_text().replace("Put black salve", "Put nothing"))
    assert run("phrases", "check", path=path)[0] == 1
    (tmp_path / "one.page").write_text("=== one\nregister: blog\ntopic: x\ntitle: T\np [] Tea is sold.\n", "utf-8")
    assert run("labels", "check", str(tmp_path / "one.page"), path=path)[0] == 1
    assert run("phrases", "remove", "1", path=path)[0] == 0
    assert OwnPhrases.read(path).entries == ()
