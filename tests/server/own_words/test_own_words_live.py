"""A saved list is in force at once; one that cannot be used changes nothing and is told of."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from classifier.phrase_file import read_text
from server.app import create_app
from server.own_words.live import LivePhrases
from server.own_words.watching import Watcher
from server.parts import Parts
from server.settings import Settings
from tests.server.fakes import FakeDetector
from tests.server.own_words.conftest import NEVER, SALVE, Save

Analyze = Callable[..., Any]
TEXT = "Nights are hard. Put black salve on the mole. The miracle mile is long."


def flags(answer: Any) -> list[tuple[str, str]]:
    return [(flag["flag"], flag["origin"]) for flag in answer.get_json()["flags"]]


def test_the_next_answer_after_saving_has_the_lists_flag(analyze: Analyze, save: Save) -> None:
    assert flags(analyze(text=TEXT)) == [("miracle", "model")]
    save(SALVE)
    answer = analyze(text=TEXT)
    assert flags(answer) == [("self-treatment", "list"), ("miracle", "model")]
    flag = answer.get_json()["flags"][0]
    assert flag["quote"]["exact"] == "Put black salve on the mole."
    words = [
        flag["quote"]["exact"][one["start"] - flag["start"] : one["end"] - flag["start"]] for one in flag["evidence"]
    ]
    assert words == ["black salve"]
    assert flag["listed"] == {
        "phrase": "black salve",
        "reason": "Black salve burns through skin, and our rules forbid advice to use it.",
        "note": "Send the leaflet on burns.",
    }
    save(SALVE + NEVER)
    assert flags(analyze(text=TEXT)) == [("self-treatment", "list")]


def test_a_flag_that_is_not_asked_for_is_not_added(analyze: Analyze, save: Save) -> None:
    save(SALVE)
    assert flags(analyze(text=TEXT, options={"flags": ["miracle"]})) == [("miracle", "model")]


def test_a_broken_file_leaves_the_last_good_list_in_force(
    analyze: Analyze, save: Save, parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    save(SALVE)
    analyze(text=TEXT)
    for broken in ("", "format = 1\n[[phrase]]\nphrase = 'leaked secret'\n", "not toml at all ["):
        save(broken)
        assert ("self-treatment", "list") in flags(analyze(text=TEXT))
        assert parts.phrases.fault is not None
        assert "leaked" not in parts.phrases.fault
    assert "phrases-refused" in capsys.readouterr().err
    save(SALVE + NEVER)
    assert flags(analyze(text=TEXT)) == [("self-treatment", "list")]
    assert parts.phrases.fault is None


def test_without_a_file_there_is_no_list(analyze: Analyze, save: Save, settings: Settings) -> None:
    save(SALVE)
    analyze(text=TEXT)
    settings.phrases_file.unlink()
    assert flags(analyze(text=TEXT)) == [("miracle", "model")]


def test_two_saves_within_one_tick_of_the_clock_are_both_seen(save: Save, settings: Settings) -> None:
    one, other = SALVE, SALVE.replace("black", "green")
    save(one)
    live = LivePhrases(settings.phrases_file)
    assert live.current.is_in("black salve")
    times = settings.phrases_file.stat()
    with settings.phrases_file.open("r+") as file:
        file.write(other)
    os.utime(settings.phrases_file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert live.current.is_in("green salve")


def test_a_file_whose_time_lies_ahead_is_not_read_at_each_request(
    save: Save, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(SALVE)
    ahead = time.time() + 3600
    os.utime(settings.phrases_file, (ahead, ahead))
    live = LivePhrases(settings.phrases_file)
    assert live.current.entries
    monkeypatch.setattr("server.own_words.live.read_text", lambda _path: pytest.fail("It was read again."))
    assert live.current.entries


def test_while_one_thread_reads_a_new_list_no_other_answers_by_the_old(
    save: Save, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(SALVE)
    live = LivePhrases(settings.phrases_file)
    assert not live.current.is_in("miracle mile")
    is_reading = threading.Event()

    def slowly(path: Path) -> str | None:
        is_reading.set()
        time.sleep(0.3)
        return read_text(path)

    monkeypatch.setattr("server.own_words.live.read_text", slowly)
    save(SALVE + NEVER)
    with ThreadPoolExecutor() as pool:
        pool.submit(lambda: live.current)
        assert is_reading.wait(10)
        assert live.current.is_in("miracle mile")


def test_a_server_that_starts_with_a_broken_file_takes_the_last_good_list(
    app: Flask, save: Save, watcher: Watcher, settings: Settings
) -> None:
    save(SALVE)
    watcher.step()
    save("format = 2\n")
    started = create_app(settings, detector=FakeDetector()).extensions["pinch"]
    assert started.phrases.current.is_in("black salve")
    assert started.phrases.fault is not None


def test_a_cry_for_help_carries_no_flag_of_the_list_either(analyze: Analyze, save: Save) -> None:
    save(SALVE)
    answer = analyze(text="I want to kill myself with black salve tonight.")
    assert flags(answer) == []
    assert answer.get_json()["notices"][0]["type"] == "crisis"
