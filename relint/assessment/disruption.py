"""The types of disruptions."""

from __future__ import annotations

from relint._typing import Literal

Disruption = Literal["Software", "Hardware", "AZ", "Region"]
"""The types of disruptions, in the words of AWS Resilience Hub.

https://docs.aws.amazon.com/resilience-hub/latest/userguide/concepts-terms.html
"""

DISRUPTIONS: tuple[Disruption, ...] = ("Software", "Hardware", "AZ", "Region")
