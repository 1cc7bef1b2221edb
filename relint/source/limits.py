"""Limits of nesting and expansion, so that no file exhausts the memory or the stack."""

from __future__ import annotations

MAX_DEPTH = 200
"""Levels of mappings and lists. Templates stay below 30; recursive functions stay within Python's recursion limit of
1,000."""

MAX_EXPANSION = 1_000_000
"""Values that the aliases and merge keys of a document expand to in total; a few hundred bytes can expand to
billions."""

MAX_COMPOSED_DEPTH = 600
"""Levels that libyaml's composer may have to read. It recurses on the C stack and takes about 300 bytes for each level:
200 kB, while the smallest usual stack of a thread has 512 kB."""

TOO_DEEP = f"The document is nested more than {MAX_DEPTH} levels deep; move the inner part elsewhere."
