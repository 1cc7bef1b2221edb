"""A language client with nothing but pipes: what an editor does, written out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from typing import Any

from tests.helpers.paths import ROOT

SECONDS = 30.0
Message = dict[str, Any]


class Client:
    """Speaks to a server that runs in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._inbox: Queue[Message] = Queue()
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def send_raw(self, body: bytes, length: int | None = None) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % (len(body) if length is None else length) + body)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        self.send_raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: Any) -> int:
        """Sends a request and returns its number."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        self.send_raw(json.dumps(message).encode())
        return self._number

    def request(self, method: str, params: Any) -> Any:
        """The result of a request; AssertionError for an error."""
        number = self.ask(method, params)
        answer = self.wait(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def wait(self, wanted: Callable[[Message], bool], seconds: float = SECONDS) -> Message:
        """The next message that is wanted; those before it are dropped. Raises Empty when none comes."""
        while True:
            message = self._inbox.get(timeout=seconds)
            if wanted(message):
                return message

    def published(self, uri: str) -> Message:
        """What the server publishes next of a document."""
        message = self.wait(
            lambda one: one.get("method") == "textDocument/publishDiagnostics" and one["params"]["uri"] == uri
        )
        params: Message = message["params"]
        return params

    def silent(self, seconds: float) -> bool:
        """Whether the server says nothing for a while."""
        try:
            self._inbox.get(timeout=seconds)
        except Empty:
            return True
        return False

    def initialize(self, **general: Any) -> Message:
        result: Message = self.request(
            "initialize", {"processId": None, "rootUri": None, "capabilities": {"general": general}}
        )
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str) -> Message:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.published(uri)

    def change(self, uri: str, version: int, text: str) -> None:
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def _listen(self) -> None:
        output = self.process.stdout
        assert output
        while header := output.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.partition(b":")[2])
                while output.readline().strip():
                    pass
                self._inbox.put(json.loads(output.read(length)))


@contextmanager
def client() -> Iterator[Client]:
    """A client whose server is not initialized; the server is ended afterwards, if it did not end by itself."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "relint", "lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
    )
    try:
        yield Client(process)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
