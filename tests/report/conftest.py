from __future__ import annotations

import pytest

from relint.finding import Report
from tests.helpers.report_builder import make_mixed_report


@pytest.fixture
def mixed() -> Report:
    """A report with each verdict, a suppression, related locations, and failures of several stages."""
    return make_mixed_report()
