"""The READMEs are true: their commands run, in both languages the same, their Python runs, their rooms exist."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = (ROOT / name for name in ("README.md", "README.zh-CN.md"))


def commands(readme: Path) -> list[str]:
    """Every line after `$` in the console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def python(readme: Path) -> str:
    return "\n".join(re.findall(r"```python\n(.*?)```", readme.read_text("utf-8"), re.DOTALL))


@pytest.fixture(scope="module")
def beside_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples in it, as a clone has, and the samples imported into ./index."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "samples").symlink_to(ROOT / "samples", target_is_directory=True)
    run(commands(ENGLISH)[0], folder)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "notion-archive"
    expanded = [path for word in words[1:] for path in (sorted(map(str, folder.glob(word))) if "*" in word else [word])]
    return subprocess.run(
        [sys.executable, "-m", "notion_archive", *expanded], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", commands(ENGLISH))
def test_a_command_of_the_readme_answers(beside_samples: Path, command: str) -> None:
    done = run(command, beside_samples)
    assert (done.returncode, done.stderr if "OR" not in command else "") == (0, "")
    assert done.stdout.strip()
    assert "No incident was found" not in done.stdout


def test_both_readmes_show_the_same_commands_and_the_same_python() -> None:
    assert commands(CHINESE) == commands(ENGLISH)
    assert python(CHINESE) == python(ENGLISH)


def test_the_python_of_the_readme_runs(beside_samples: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", python(ENGLISH)], cwd=beside_samples, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "光大" in done.stdout


@pytest.mark.parametrize("readme", [ENGLISH, CHINESE])
def test_the_map_names_every_room_and_no_other(readme: Path) -> None:
    table = readme.read_text("utf-8").rpartition("|---|---|")[2]
    named = {
        room.strip("/")
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for room in re.findall(r"`([\w/]+)`", row)
    }
    package = ROOT / "notion_archive"
    there = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    small = {
        "__init__",
        "__main__",
        "audit",
        "identity",
        "options",
        "lock",
        "parsing",
        "database",
        "contexts",
        "mentions",
        "pinyin",
        "day_habits",
        "day_pattern",
        "gates",
        "period",
        "stamps",
        "months",
        "patterns",
        "remembered",
    }
    assert named == there - small


def test_every_link_of_a_readme_leads_to_a_file_of_the_repository() -> None:
    for readme in (ENGLISH, CHINESE):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", readme.read_text("utf-8")):
            assert (ROOT / target).exists(), target
