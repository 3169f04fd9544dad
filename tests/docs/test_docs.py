"""The documentation is true: generated pages are fresh, nothing is left out, links lead somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import pytest

from classifier.making import RELEASE
from classifier.taxonomy import FlagKind, flag_kinds
from server import __version__
from server.app import create_app
from server.settings import Settings
from tests.conftest import need_program
from tests.docs.cli_page import commands
from tests.docs.generated import DOCS, GENERATED, ROOT
from tests.server.fakes import FakeDetector

DECISION_PARTS = ["Decision", "Why", "Considered", "What follows"]
_LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^()\s]+(?:\([^()\s]*\))?)\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_DOC_IN_CODE = re.compile(r"\bdocs/[\w/-]+\.md\b")
# The marks keep this file from holding what it looks for.
_MARKED = "/wo~rk/ ../sha~red py~pi.org pythonho~sted.org npm~js.org npm~js.com yarn~pkg.com crates~.io"
FORBIDDEN = tuple(_MARKED.replace("~", "").split())


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _files() -> list[Path]:
    """Every file of the repository, new ones included, without what git ignores."""
    git = [need_program("git"), "-c", "safe.directory=*"]
    listed = subprocess.run(
        [*git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("This is no git checkout, so its files cannot be told from what was built.")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def _pages() -> list[Path]:
    return [path for path in _files() if path.suffix == ".md"]


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code forges make them, and those written out."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_generated_pages_are_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == GENERATED[path](), f"{path.relative_to(ROOT)} is stale. Run 'make docs'."


def test_links_lead_to_files_that_exist() -> None:
    broken = []
    for page in _pages():
        for address in _LINK.findall(_CODE.sub("", page.read_text("utf-8"))):
            name, _, anchor = unquote(address).partition("#")
            if re.match(r"[a-z]+:", name):
                continue
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in _anchors(target)):
                broken.append(f"{page.relative_to(ROOT)}: {address}")
    assert broken == []


def test_code_names_docs_that_exist() -> None:
    sources = [path for path in _files() if path.suffix in (".py", ".js", ".toml", ".yaml")]
    absent = [
        f"{path.relative_to(ROOT)}: {doc}"
        for path in sources
        for doc in _DOC_IN_CODE.findall(path.read_text("utf-8"))
        if not (ROOT / doc).exists()
    ]
    assert absent == []


def test_index_names_every_page() -> None:
    index = _read("docs/README.md")
    pages = [path.relative_to(DOCS).as_posix() for folder in ("*.md", "decisions/*.md") for path in DOCS.glob(folder)]
    assert [page for page in pages if page != "README.md" and f"({page})" not in index] == []


def test_decisions_have_their_parts() -> None:
    for page in (DOCS / "decisions").glob("*.md"):
        text = page.read_text("utf-8")
        assert re.search(r"^\d{4}-\d\d-\d\d · ", text, re.MULTILINE), page.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Decision", "Why", "Considered", "What follows"], (
            page.name
        )


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=[path for path, _ in commands()])
def test_commands_and_options_are_documented(path: str, command: click.Command) -> None:
    page = _read("docs/cli.md")
    section = page.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
    assert command.help
    assert section
    for option in command.params:
        if isinstance(option, click.Option):
            assert all(f"`{name}`" in section for name in option.opts), option.name


def test_settings_are_documented() -> None:
    names = [f"PINCH_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in _read("docs/server.md")] == []


def test_routes_are_documented(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path), detector=FakeDetector())
    api = _read("docs/api.md")
    routes = [f"{method} {rule}" for rule in app.url_map.iter_rules() for method in _methods(rule)]
    assert routes
    assert [route for route in routes if f"`{route}`" not in api] == []


def _methods(rule: Any) -> set[str]:
    return set(rule.methods) - {"HEAD", "OPTIONS"}


@pytest.mark.parametrize("kind", flag_kinds(), ids=lambda kind: kind.id)
def test_taxonomy_stands_word_for_word_in_flags(kind: FlagKind) -> None:
    section = _read("docs/flags.md").partition(f'<a id="{kind.id}">')[2].partition("<a id=")[0]
    lines = section.splitlines()
    assert f"## {kind.title}" in lines
    assert kind.reason in lines
    assert [text for text in (*kind.checks, *kind.examples) if f"- {text}" not in lines] == []


def test_dependencies_page_names_what_is_declared() -> None:
    project = tomllib.loads(_read("pyproject.toml"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(name for extra in extras for name in extra)]
    wanted += project["build-system"]["requires"]
    names = {re.split(r"[<>=!~;\[ ]", requirement)[0] for requirement in wanted}
    names |= json.loads(_read("package.json"))["devDependencies"].keys()
    told = re.findall(r"^\| `([^`]+)` \|", _read("docs/dependencies.md"), re.MULTILINE)
    assert sorted(told) == sorted(names)


def test_one_version_everywhere() -> None:
    released = re.findall(r"^## \[(\d[^\]]*)\]", _read("CHANGELOG.md"), re.MULTILINE)
    project = tomllib.loads(_read("pyproject.toml"))["project"]["version"]
    extension = json.loads(_read("extension/manifest.json"))["version"]
    assert {project, extension, RELEASE, released[0]} == {__version__}


def test_hooks_fetch_nothing() -> None:
    config = _read(".pre-commit-config.yaml")
    assert set(re.findall(r"repo: (\S+)", config)) == {"local"}
    assert set(re.findall(r"language: (\S+)", config)) == {"system"}


def test_repository_names_no_place_outside_itself() -> None:
    found = []
    for path in _files():
        data = path.read_bytes()
        found += [f"{path.relative_to(ROOT)}: {word}" for word in FORBIDDEN if word.encode() in data]
    assert found == []
