"""What the README shows is what relint does."""

from __future__ import annotations

import re

import relint
from relint.report.text import full
from tests.helpers.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_first_template_gets_the_report_that_is_shown() -> None:
    template = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    shown = re.search(r"says what breaks:\n\n```\n(.*?)\n```", README, re.DOTALL)
    assert template is not None
    assert shown is not None
    report = relint.check_text(template[1], "shop.yaml")
    assert "\n".join(full(report, colour=False, show_open=False)) == shown[1]
