"""How many examples the properties are tried on: the same in every run, unless RELINT_EXAMPLES asks for more."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

MORE = os.environ.get("RELINT_EXAMPLES")
settings.register_profile(
    "relint",
    max_examples=int(MORE or 100),
    derandomize=MORE is None,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("relint")
