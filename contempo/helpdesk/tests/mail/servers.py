"""Servers for the tests, on the loopback interface: our listener, and a small mailbox that speaks IMAP."""

import asyncio
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from contempo.helpdesk.management.listener import Desk, Place, serve


@contextmanager
def listening(protocol: str) -> Iterator[int]:
    """Our listener on a free port, in a thread of its own; gives the port."""
    started, loop = threading.Event(), asyncio.new_event_loop()
    ports: list[int] = []
    stop = asyncio.Event()

    async def run() -> None:
        async with await serve(Place(protocol, "127.0.0.1", 0), Desk(protocol)) as server:
            ports.append(server.sockets[0].getsockname()[1])
            started.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[run()])
    thread.start()
    try:
        assert started.wait(20)
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


class Mailbox(socketserver.ThreadingTCPServer):
    """A mailbox: messages by number, and those that have been read. It knows the commands our fetching uses."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *messages: bytes) -> None:
        self.messages = dict(enumerate(messages, 1))
        self.seen: set[int] = set()
        self.sizes: dict[int, int] = {}
        self.broken_after_fetch = False
        super().__init__(("127.0.0.1", 0), _Conversation)

    @property
    def url(self) -> str:
        """The address of the mailbox."""
        return f"imap://ada:p%40ss@127.0.0.1:{self.server_address[1]}/INBOX"


@contextmanager
def mailbox(*messages: bytes) -> Iterator[Mailbox]:
    """A mailbox that holds `messages`, unread."""
    with Mailbox(*messages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say(b"* OK ready")
        for line in self.rfile:
            tag, _, rest = line.strip().partition(b" ")
            command = rest.upper()
            if command.startswith(b"CAPABILITY"):
                self._say(b"* CAPABILITY IMAP4rev1")
            elif command.startswith(b"LOGIN"):
                if rest != b'LOGIN ada "p@ss"':
                    self._say(tag + b" NO wrong password")
                    continue
            elif command.startswith(b"SELECT"):
                self._say(b"* %d EXISTS" % len(self.server.messages))
            elif command.startswith(b"UID SEARCH"):
                unread = sorted(set(self.server.messages) - self.server.seen)
                self._say(b"* SEARCH " + b" ".join(b"%d" % number for number in unread))
            elif command.startswith(b"UID FETCH"):
                self._fetch(command)
            elif command.startswith(b"UID STORE"):
                if self.server.broken_after_fetch:
                    return
                self.server.seen.add(int(command.split()[2]))
            elif command.startswith(b"LOGOUT"):
                self._say(b"* BYE")
                self._say(tag + b" OK done")
                return
            self._say(tag + b" OK done")

    def _fetch(self, command: bytes) -> None:
        number = int(command.split()[2])
        message = self.server.messages[number]
        if b"RFC822.SIZE" in command:
            size = self.server.sizes.get(number, len(message))
            self._say(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (number, number, size))
            return
        partial = re.search(rb"<0\.(\d+)>", command)
        sent = message[: int(partial.group(1))] if partial else message
        self._say(b"* %d FETCH (UID %d BODY[] {%d}" % (number, number, len(sent)))
        self.wfile.write(sent + b")\r\n")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")
