"""The packages hold what they should, may do no more than they must, and are the same bytes on every build."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extension.build import SOURCE, TARGETS, Target, build, files, manifest

SCRIPTS = sorted(SOURCE.rglob("*.js"))
MESSAGES: dict[str, Any] = json.loads((SOURCE / "_locales" / "en" / "messages.json").read_text("utf-8"))
LOOPBACK = ["http://127.0.0.1/*", "http://localhost/*", "http://[::1]/*"]
# Every key of the manifest. A new one is a decision, not a detail.
KEYS = {
    "action",
    "background",
    "commands",
    "content_security_policy",
    "default_locale",
    "description",
    "host_permissions",
    "icons",
    "manifest_version",
    "name",
    "optional_host_permissions",
    "options_ui",
    "permissions",
    "version",
}


# What the extension may do, in full. A line more widens what readers are asked to trust: docs/privacy.md must say why.
PERMISSIONS = {
    "permissions": ["activeTab", "contextMenus", "scripting", "storage"],
    "host_permissions": LOOPBACK,
    "optional_host_permissions": ["https://*/*"],
}
# Keys that would open pages, the extension or the browser wider.
WIDENING = {
    "content_scripts",
    "declarative_net_request",
    "devtools_page",
    "externally_connectable",
    "optional_permissions",
    "user_scripts",
    "web_accessible_resources",
}


@pytest.mark.parametrize("target", TARGETS)
def test_no_permission_widens(target: Target) -> None:
    wanted = manifest(target)
    panel = ["sidePanel"] if target == "chrome" else []
    allowed = PERMISSIONS | {"permissions": sorted([*PERMISSIONS["permissions"], *panel])}
    assert {key: value for key, value in wanted.items() if "permission" in key} == allowed
    assert not WIDENING & set(wanted)
    own = {
        "chrome": {"minimum_chrome_version", "side_panel"},
        "firefox": {"browser_specific_settings", "sidebar_action"},
    }
    assert set(wanted) == KEYS | own[target]


def test_content_scripts_are_registered_in_one_place_only() -> None:
    placed = {
        script.relative_to(SOURCE).as_posix(): set(
            re.findall(r"\b(?:registerContentScripts|executeScript|insertCSS)\b", _code(script))
        )
        for script in SCRIPTS
    }
    assert {name: found for name, found in placed.items() if found} == {
        "background/page.js": {"executeScript", "insertCSS"},
        "background/sites.js": {"registerContentScripts"},
    }


def test_the_predicate_stands_before_the_one_way_out() -> None:
    code = {script.name: _code(script) for script in SCRIPTS}
    assert [name for name, text in code.items() if re.search(r"\banalyze\(", text)] == ["check.js", "server.js"]
    assert re.search(
        r"findRefusal\(page\.url, isPrivate, \{ isAsked \}\).*askServer\(page, settings\)", code["check.js"], re.S
    )
    assert code["check.js"].count("askServer(page, settings)") == 2


def test_the_predicate_stands_before_a_post_is_sent() -> None:
    code = {script.relative_to(SOURCE).as_posix(): _code(script) for script in SCRIPTS}
    sending = [name for name, text in code.items() if re.search(r"\bsendPost\((?:\{|settings)", text)]
    assert sending == ["background/queue.js", "background/server.js"]
    text = code["background/queue.js"]
    assert re.search(r"findRefusal\(address, tab\.incognito, .*isForumPage\(address\)", text, re.S)
    body = text.split("function sendShownPost")[1].split("\n}\n")[0]
    assert body.index("await admit(tab, address)") < body.index("fetchPost(") < body.index("sendPost(")


@pytest.mark.parametrize("target", TARGETS)
def test_extension_pages_run_only_their_own_scripts(target: Target) -> None:
    policy = manifest(target)["content_security_policy"]["extension_pages"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';")
    assert "unsafe" not in policy
    assert "data:" not in policy


def test_each_browser_gets_its_own_background() -> None:
    assert manifest("chrome")["background"] == {"service_worker": "background/main.js", "type": "module"}
    assert manifest("firefox")["background"] == {"scripts": ["background/main.js"], "type": "module"}
    gecko = manifest("firefox")["browser_specific_settings"]["gecko"]
    assert gecko["data_collection_permissions"] == {"required": ["websiteContent"]}


def test_each_browser_gets_its_own_panel() -> None:
    assert manifest("chrome")["side_panel"] == {"default_path": "panel/panel.html"}
    assert manifest("firefox")["sidebar_action"]["default_panel"] == "panel/panel.html"
    assert manifest("firefox")["sidebar_action"]["open_at_install"] is False


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_sources_make_the_same_bytes(target: Target, tmp_path: Path) -> None:
    first = build(target, tmp_path / "one").read_bytes()
    assert build(target, tmp_path / "two").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "one" / f"pinch-{target}.zip") as archive:
        assert archive.namelist() == sorted(files(target))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}


def test_the_linter_of_the_add_on_store_finds_nothing(tmp_path: Path) -> None:
    web_ext = SOURCE.parent / "node_modules" / ".bin" / "web-ext"
    if not web_ext.exists():
        pytest.skip("The tools of the extension are not installed: npm ci.")
    build("firefox", tmp_path)
    command = [str(web_ext), "lint", "--source-dir", str(tmp_path / "firefox"), "--output", "json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert told["summary"] == {"errors": 0, "notices": 0, "warnings": 0}, told


@pytest.mark.parametrize("target", TARGETS)
def test_packages_hold_the_extension_and_nothing_else(target: Target) -> None:
    names = set(files(target))
    assert {name.split("/")[0] for name in names} == {
        "_locales",
        "background",
        "content",
        "icons",
        "manifest.json",
        "pages",
        "panel",
    }
    assert not [name for name in names if name.endswith((".py", ".svg", ".ts"))]
    declared = manifest(target)
    listed = [*declared["icons"].values(), declared["options_ui"]["page"]]
    page_line = (SOURCE / "background" / "page.js").read_text("utf-8")
    listed += [f"content/{name}.js" for name in re.findall(r'^  "([a-z-]+)",$', page_line, re.M)]
    assert set(listed) <= names
    assert {name for name in names if name.startswith("content/")} == {*_content(listed), *_REGISTERED}


_REGISTERED = ("content/always.js", "content/marks.css")


def _content(listed: list[str]) -> list[str]:
    return [name for name in listed if name.startswith("content/")]


def test_one_file_makes_all_requests() -> None:
    for script in SCRIPTS:
        found = re.findall(
            r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(|importScripts", _code(script)
        )
        assert found == (["fetch("] if script.name == "server.js" else []), script.name


def test_no_string_becomes_markup_or_code() -> None:
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|srcdoc|setHTML"
    for script in SCRIPTS:
        assert re.findall(banned, _code(script)) == [], script.name


def test_content_scripts_never_read_names_that_a_page_can_shadow() -> None:
    for script in (SOURCE / "content").glob("*.js"):
        assert re.findall(r"\bdocument\.[a-zA-Z]+|\.forms\b", _code(script)) == [], script.name


def test_every_word_for_the_reader_is_in_the_message_file() -> None:
    text = "\n".join(path.read_text("utf-8") for path in [*SCRIPTS, *SOURCE.rglob("*.html")])
    text += re.sub(r'"options_ui"', "", (SOURCE / "manifest.json").read_text("utf-8"))
    used = set(re.findall(r'\b(?:say|getMessage)\("([a-z_]+)"|data-say="([a-z_]+)"|__MSG_([a-z_]+)__', text))
    keys = {next(filter(None, groups)) for groups in used}
    keys |= {f"{key}_{count}" for key in re.findall(r'\bsayCount\("([a-z_]+)"', text) for count in ("one", "many")}
    keys |= {f"family_{family}" for family in ("promise", "source", "risk", "push", "own")}
    keys |= {f"feedback_{part}{verdict}" for part in ("", "verdict_") for verdict in ("wrong", "right", "missing")}
    keys |= {f"look_{look}" for look in ("quiet", "strong")}
    keys |= {f"stored_{re.sub('[A-Z]', lambda letter: f'_{letter[0].lower()}', key)}" for key in _kept_keys()}
    keys |= {f"card_source_{place}" for place in ("sentence", "block", "page", "nowhere")}
    keys |= {f"context_{section}" for section in ("known", "unknown", "risks", "interactions", "legal")}
    keys |= {f"problem_{code}_{part}" for code in _problem_codes() for part in ("title", "what")}
    keys |= {f"{key}_{count}" for key in re.findall(r'\bcounted\(say, "([a-z_]+)"', text) for count in ("one", "many")}
    choices = set(re.findall(r'"((?:options|setting|menu)_[a-z_]+)"', text))
    choices |= set(re.findall(r'[?:] "(panel_[a-z_]+)"', text))
    assert keys | choices == set(MESSAGES)


def test_messages_are_whole() -> None:
    for key, entry in MESSAGES.items():
        assert entry["message"].strip(), key
        named = {name.lower() for name in re.findall(r"\$([A-Za-z]+)\$", entry["message"])}
        assert named == set(entry.get("placeholders", {})), key


def _problem_codes() -> set[str]:
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    found = set(re.findall(r'new Problem\(\s*(?:[^"()]*\? )?"([a-z_]+)"', text))
    found |= set(re.findall(r'(?:code: |refused\()"([a-z_]+)"', text)) | set(re.findall(r'"(no_[a-z]+)"', text))
    found |= set(re.findall(r': "(muted_[a-z]+)"', text))
    found |= {f"never_{kind}" for kind in _private_kinds()}
    address = (SOURCE / "background" / "page-address.js").read_text("utf-8")
    found |= set(re.findall(r'"([a-z]+_page)"', address))
    problems = (SOURCE / "background" / "problems.js").read_text("utf-8")
    found |= set(re.findall(r'"((?:server|token|page|bad|no|sent|feedback|post)_[a-z_]+)"', problems))
    return found


def _private_kinds() -> set[str]:
    lists = (SOURCE / "background" / "never-read.js").read_text("utf-8").split("const PLACES = {")[1].split("};")[0]
    return set(re.findall(r"^  (\w+):", lists, re.M))


def _kept_keys() -> list[str]:
    """The keys of the store that the options page has words for."""
    kept = (SOURCE / "pages" / "kept.js").read_text("utf-8")
    return re.findall(r'^  "([A-Za-z]+)",$', kept, re.M)


def _code(script: Path) -> str:
    """A script without its comments."""
    return re.sub(r"/\*\*.*?\*/|^\s*//[^\n]*$", "", script.read_text("utf-8"), flags=re.S | re.M)
