"""What all tests share: the real report, where it is at hand, and a run that is honest about skipping."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from notion_archive.archive import Archive

ROOT = Path(__file__).parents[1]
REAL_REPORT = Path(__file__).parents[2] / "shared" / "reference" / "weekly-report-2023-w15.md"


# On CI the examples are the same in every run, so that a change is judged by itself; elsewhere they go on exploring.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI a skipped test fails the run: what was not tried is not known to work."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def real_report() -> Path:
    """The one real weekly report. It is confidential and no part of the repository."""
    if not REAL_REPORT.exists():
        pytest.skip("the real report is not at hand")
    return REAL_REPORT


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of the samples."""
    with Archive(tmp_path_factory.mktemp("samples") / "index", create=True) as archive:
        archive.import_exports([ROOT / "samples" / "folder"])
        yield archive
