"""What README and docs point at exists: files, pictures, headings, make targets, commands."""

import re
from pathlib import Path

import pytest

from boucle.cli import app
from boucle.kit.errors import ErrorCode

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)|<img[^>]* src=\"(?P<image>[^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_begins_with_the_two_commands():
    readme = (ROOT / "README.md").read_text()

    assert "make run" in readme
    assert "make test" in readme


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    text = CODE.sub("", page.read_text())
    targets = [match["target"] or match["image"] for match in LINK.finditer(text)]
    broken = []
    for target in (each for each in targets if not each.startswith(("http://", "https://", "mailto:"))):
        name, _, anchor = target.partition("#")
        linked = page.parent / name if name else page
        if not linked.exists() or (anchor and linked.suffix == ".md" and anchor not in anchors(linked)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_named_command_exists(page):
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    spoken = "\n".join(CODE.findall(page.read_text()))

    assert set(re.findall(r"\bmake ([a-z-]+)", spoken)) <= targets
    assert set(re.findall(r"(?:^|[`\s])boucle ([a-z]+)", spoken)) <= set(app)


def test_api_guide_explains_every_error_code():
    guide = (ROOT / "docs" / "api.md").read_text()

    assert [code for code in ErrorCode if f"`{code.value}`" not in guide] == []
