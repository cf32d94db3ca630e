"""The repository installs from wherever its users do: no address of a registry, no path of one machine, only hashes."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.\-\[\]]*)==(?P<version>\S+)")
FORBIDDEN = {
    "a package index": re.compile(r"--(extra-)?index-url|^\s*(extra-)?index[-_]url\s*=|--find-links|--trusted-host"),
    "a registry": re.compile(r"https?://[\w.-]*(pypi|npmjs|npmmirror|yarnpkg|artifactory|nexus)\.\w+"),
    "a path of one machine": re.compile(r"(?<![\w.])/(work|root|Users|home/\w+)/"),
    "a conflict": re.compile(r"^(<{7}|>{7}) "),
}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def text_of(path: Path) -> str:
    """Return the text of a file, or nothing for pictures and files that are deleted in the working tree."""
    try:
        return path.read_text()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return ""


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the history: this is an unpacked archive")
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_names(what):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked_files()
        if path != Path(__file__)
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_python_package_is_pinned_and_has_hashes(name):
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements" / name).read_text().strip())
    packages = [block for block in blocks if not block.startswith("#")]

    assert packages
    assert [block.splitlines()[0] for block in packages if not PIN.match(block)] == []
    assert [block.splitlines()[0] for block in packages if "--hash=sha256:" not in block] == []


def test_packages_for_running_are_the_ones_that_tests_ran_with():
    run, dev = (dict(pins(ROOT / "requirements" / name)) for name in ("run.txt", "dev.txt"))

    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


def test_every_dependency_is_locked():
    project = (ROOT / "pyproject.toml").read_text()
    wanted = re.findall(r'^    "([A-Za-z0-9-]+)', project.split("[project.scripts]")[0], flags=re.MULTILINE)
    locked = dict(pins(ROOT / "requirements" / "run.txt"))

    assert len(wanted) > 20
    assert [name for name in wanted if name not in locked] == []


@pytest.mark.parametrize("folder", ["frontend", "tests/conformance"])
def test_npm_packages_have_integrity_and_no_address(folder):
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}

    assert packages
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert [name for name, each in packages.items() if not each.get("integrity")] == []


def pins(path: Path) -> list[tuple[str, str]]:
    found = (PIN.match(line) for line in path.read_text().splitlines())
    return [(match["name"].split("[")[0], match["version"]) for match in found if match]
