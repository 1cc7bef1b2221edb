"""Worker processes that start when there is work for them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Executor, Future

from relint._typing import Any


class ProcessPool(Executor):
    """Processes on this machine, which start with the first work that is submitted.

    They pay from `minimum_seconds` of expected work on: a run whose results are cached starts none.
    """

    def __init__(self, count: int, minimum_seconds: float = 0.0) -> None:
        self._count = count
        self._executor: Executor | None = None
        self.minimum_seconds = minimum_seconds

    @property
    def is_started(self) -> bool:
        """Whether work has been submitted."""
        return self._executor is not None

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Call a function in one of the processes."""
        if self._executor is None:
            from concurrent.futures import ProcessPoolExecutor

            self._executor = ProcessPoolExecutor(self._count, initializer=gc.set_threshold, initargs=gc.get_threshold())
        return self._executor.submit(function, *arguments, **keywords)

    def shutdown(
        self,
        wait: bool = True,  # noqa: FBT001, FBT002 - the signature of Executor
        *,
        cancel_futures: bool = False,
    ) -> None:
        """End the processes."""
        if self._executor:
            self._executor.shutdown(wait, cancel_futures=cancel_futures)
