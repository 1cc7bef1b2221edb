from __future__ import annotations

from tests.helpers.cached_folder import folder, usable_cache

__all__ = ["folder", "usable_cache"]
