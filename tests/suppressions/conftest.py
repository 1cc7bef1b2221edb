from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.suppressions import TODAY, SuppressionProject


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SuppressionProject:
    """A project on 2027-01-01."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return SuppressionProject(tmp_path)
