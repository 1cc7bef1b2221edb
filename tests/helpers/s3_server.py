"""An S3 server on loopback, for a test to start.

It prints its port, then for every request the method, the path and the range of bytes that is asked for. It ends when
its standard input does.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

moto = DomainDispatcherApplication(create_backend_app)


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Leaves the log to the application, which knows more."""


def application(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    asked = environment["REQUEST_METHOD"], environment["PATH_INFO"], environment.get("HTTP_RANGE", "")
    sys.stdout.write("\t".join(asked) + "\n")  # at once, because threads write
    sys.stdout.flush()
    answer: Iterable[bytes] = moto(environment, start)
    return answer


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    print(server.port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)
