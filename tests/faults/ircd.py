"""An IRC server that a test holds in its hand: it can read slowly or nothing, lie, throw people out, and it counts every line.

It runs in a thread of its own. All that a client has sent and this server has read is in `heard`; a line counts as heard only then, so that
what lies in a socket's buffers when the server dies is lost, as it is with a real one.
"""
import asyncio
import collections
import contextlib
import re
import socket
import struct
import threading
import time

Heard = collections.namedtuple("Heard", "at link line")
HOST = "irc.faults.test"
PLAIN = "message-tags", "server-time", "account-tag", "multi-prefix"
ECHOING = *PLAIN, "batch", "labeled-response", "echo-message"  # shows each line to who said it


class Ircd:
    """Every knob may be turned at any time."""

    def __init__(self, address="127.0.0.1", port=0, caps=PLAIN):
        self.address, self.port, self.caps = address, port, caps
        self.reads = True  # else it lets what is sent lie in the socket
        self.accepts = True  # else it closes each new connection at once
        self.rate = None  # lines a second that it reads of each client
        self.flood = None  # (burst, lines a second): who sends more is thrown out
        self.moderated = False
        self.refused_nicks = set()
        self.people = {"alice": "lunar"}  # nick → services account, which everybody sees in the channel
        self.heard = []
        self.connections = 0
        self.excess = 0  # how many were thrown out for flooding
        self.links = []
        self.joined = set()  # of the links that are in the channel
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._listener = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def start(self):
        listener = socket.socket(socket.AF_INET6 if ":" in self.address else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)  # so that who writes notices a reader that is slow
        listener.bind((self.address, self.port))
        self.port = listener.getsockname()[1]
        listener.listen()
        self._listener = self._in_loop(self._loop.create_server(lambda: Link(self), sock=listener))

    def kill(self):
        """As kill -9 of a server: nothing listens, connections are reset, what was not read is gone."""
        self._in_loop(self._kill())

    def cut(self):
        """Resets every connection and goes on listening."""
        self._in_loop(self._cut())

    def deafen(self):
        """Reads nothing more of the clients that it has, and answers nothing; new ones it serves."""
        for link in list(self.links):
            link.is_deaf = True

    def send(self, *lines):
        """To every client."""
        self._in_loop(self._send(lines))

    def ask(self, nick, text, target=None):
        """A person says something to the bot, or to a channel."""
        for link in self._registered():
            account = self.people.get(nick)
            tags = f"@account={account} " if account and "account-tag" in link.caps else ""
            self.send(f"{tags}:{nick}!{nick}@{nick}.example.net PRIVMSG {target or link.nick} :{text}")

    def answer(self, nick, text, wanted, patience=30):
        """Asks in private, again every ten seconds; the first answer that matches, or None."""
        deadline = time.monotonic() + patience
        begin = time.time()
        asked = 0
        while time.monotonic() < deadline:
            if time.monotonic() - asked > 10 and self._registered():
                self.ask(nick, text)
                asked = time.monotonic()
            found = self.wait(lambda: self.find(rf"(PRIVMSG|NOTICE) {nick} :.*{wanted}", begin), min(1, deadline - time.monotonic()))
            if found:
                return found[0].line
        return None

    def find(self, pattern, since=0):
        compiled = re.compile(pattern)
        with self._changed:
            return [line for line in self.heard if line.at >= since and compiled.search(line.line)]

    def said(self, channel):
        """The words of every line to a channel, in order."""
        with self._changed:
            lines = list(self.heard)
        start = f"PRIVMSG {channel} :"
        return [line._replace(line=untagged(line.line)[len(start):]) for line in lines if untagged(line.line).startswith(start)]

    def wait(self, condition, patience):
        """What the condition says as soon as it says something, looked at after every line; else None."""
        deadline = time.monotonic() + patience
        while True:
            if result := condition():
                return result
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            with self._changed:
                self._changed.wait(min(left, 0.2))

    def wait_joined(self, patience=60):
        return self.wait(lambda: any(link in self.joined for link in self.links), patience)

    def note(self, link, line):
        with self._changed:
            self.heard.append(Heard(time.time(), link.number, line))
            self._changed.notify_all()

    def changed(self):
        with self._changed:
            self._changed.notify_all()

    def _registered(self):
        return [link for link in list(self.links) if link.is_registered]

    def _in_loop(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    async def _kill(self):
        if self._listener:
            self._listener.close()
            self._listener = None
        await self._cut()

    async def _cut(self):
        for link in list(self.links):
            link.reset()

    async def _send(self, lines):
        for link in list(self.links):
            link.send(*lines)


def untagged(line):
    return line.split(" ", 1)[1] if line.startswith("@") else line


class Link(asyncio.Protocol):
    """One client."""

    def __init__(self, server):
        self.server = server
        self.nick = self.user = None
        self.caps = set()
        self.is_registered = False
        self.is_negotiating = False
        self.rest = b""
        self.waiting = collections.deque()
        self.tokens = 0.0
        self.filled = time.monotonic()
        self.allowance = None
        self.is_deaf = False
        self.timer = None

    def connection_made(self, transport):
        self.transport = transport
        server = self.server
        if not server.accepts:
            transport.abort()
            return
        server.connections += 1
        self.number = server.connections
        server.links.append(self)
        self.timer = asyncio.get_running_loop().call_later(0.02, self.turn)
        server.changed()

    def connection_lost(self, _):
        if self.timer:
            self.timer.cancel()
        if self in self.server.links:
            self.server.links.remove(self)
        self.server.joined.discard(self)
        self.server.changed()

    def reset(self):
        with contextlib.suppress(OSError, AttributeError):
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def data_received(self, data):
        *lines, self.rest = (self.rest + data).split(b"\n")
        self.waiting.extend(line.rstrip(b"\r").decode(errors="replace") for line in lines)
        self.read()

    def turn(self):
        """Fifty times a second: whether it reads, and how much."""
        self.timer = asyncio.get_running_loop().call_later(0.02, self.turn)
        self.read()

    def read(self):
        server = self.server
        now = time.monotonic()
        if server.rate:
            self.tokens = min(1.0 + server.rate * 0.05, self.tokens + (now - self.filled) * server.rate)
        self.filled = now
        while self.waiting and server.reads and not self.is_deaf and (not server.rate or self.tokens >= 1):
            self.tokens -= 1
            self.take(self.waiting.popleft())
        is_reading = server.reads and not self.is_deaf and len(self.waiting) < 5
        if not self.transport.is_closing() and self.transport.is_reading() != is_reading:
            (self.transport.resume_reading if is_reading else self.transport.pause_reading)()

    def take(self, line):
        server = self.server
        if server.flood and self.is_registered:
            burst, rate = server.flood
            allowance, at = self.allowance or (burst, time.monotonic())
            allowance = min(burst, allowance + (time.monotonic() - at) * rate) - 1
            self.allowance = allowance, time.monotonic()
            if allowance < 0:
                server.excess += 1
                self.send(f"ERROR :Closing Link: {self.nick} (Excess Flood)")
                self.waiting.clear()
                self.transport.close()
                return
        server.note(self, line)
        tags, line = line.split(" ", 1) if line.startswith("@") else ("", line)
        verb, *rest = line.split(" ", 1)
        answer = getattr(self, "on_" + verb.lower(), None)
        if answer:
            answer(rest[0] if rest else "", *([tags] if verb in ("PRIVMSG", "NOTICE") else []))

    def send(self, *lines):
        if not self.transport.is_closing():
            self.transport.write("".join(line + "\r\n" for line in lines).encode())

    def numeric(self, code, text):
        self.send(f":{HOST} {code} {self.nick or '*'} {text}")

    def me(self):
        return f"{self.nick}!{self.nick}@bot.example.net"

    def on_cap(self, text):
        words = text.split(" ", 1)
        if words[0] == "LS":
            self.is_negotiating = True
            self.send(f":{HOST} CAP * LS :{' '.join(self.server.caps)}")
        elif words[0] == "REQ":
            asked = words[1].lstrip(":").split()
            answer = "ACK" if all(cap.lstrip("-") in self.server.caps for cap in asked) else "NAK"
            if answer == "ACK":
                self.caps.update(asked)
            self.send(f":{HOST} CAP {self.nick or '*'} {answer} :{' '.join(asked)}")
        elif words[0] == "END":
            self.is_negotiating = False
            self.register()

    def on_nick(self, text):
        nick = text.lstrip(":")
        if nick in self.server.refused_nicks:
            self.send(f":{HOST} 433 {self.nick or '*'} {nick} :Nickname is already in use")
            return
        if self.is_registered:
            self.send(f":{self.me()} NICK :{nick}")
        self.nick = nick
        self.register()

    def on_user(self, text):
        self.user = text.split(" ", 1)[0]
        self.register()

    def register(self):
        if self.is_registered or self.is_negotiating or not self.nick or not self.user:
            return
        self.is_registered = True
        self.numeric("001", f":Welcome {self.me()}")
        self.numeric("005", "CHANTYPES=# PREFIX=(ov)@+ CHANMODES=b,k,l,imnpst NICKLEN=30 CASEMAPPING=rfc1459 NETWORK=faults :are supported")
        self.numeric("422", ":No MOTD")

    def on_join(self, text):
        for channel in text.split(" ")[0].split(","):
            self.send(f":{self.me()} JOIN {channel}")
            self.numeric("353", f"= {channel} :{self.nick} {' '.join(self.server.people)}")
            self.numeric("366", f"{channel} :End of NAMES")
            self.server.joined.add(self)
        self.server.changed()

    def on_names(self, text):
        self.numeric("353", f"= {text} :{self.nick} {' '.join(self.server.people)}")
        self.numeric("366", f"{text} :End of NAMES")

    def on_mode(self, text):
        words = text.split(" ")
        if words[0].startswith("#") and len(words) == 1:
            self.numeric("324", f"{words[0]} +nt{'m' if self.server.moderated else ''}")
        elif words[0].startswith("#"):
            self.numeric("368", f"{words[0]} :End of list")

    def on_who(self, text):
        self.numeric("315", f"{text.split(' ')[0]} :End of WHO")

    def on_whois(self, text):
        nick = text.split(" ")[-1]
        if nick in self.server.people:
            self.numeric("311", f"{nick} {nick} {nick}.example.net * :{nick}")
            if self.server.people[nick]:
                self.numeric("330", f"{nick} {self.server.people[nick]} :is logged in as")
        self.numeric("318", f"{nick} :End of WHOIS")

    def on_ping(self, text):
        self.send(f":{HOST} PONG {HOST} :{text.lstrip(':')}")

    def on_privmsg(self, text, tags):
        target = text.split(" ", 1)[0]
        if target.startswith("#") and self not in self.server.joined:
            self.numeric("404", f"{target} :Cannot send to channel")
            self.unsay()
        elif target.startswith("#") and self.server.moderated:
            self.numeric("404", f"{target} :Cannot send to channel (+m)")
            self.unsay()
        elif "echo-message" in self.caps:
            label = re.search(r"label=[^; ]*", tags)
            self.send(f"{'@' + label.group() + ' ' if label else ''}:{self.me()} PRIVMSG {text}")

    on_notice = on_privmsg

    def unsay(self):
        """Nobody else reads a line that is refused."""
        with self.server._changed:
            self.server.heard.pop()

    def on_quit(self, _):
        self.send(f"ERROR :Closing Link: {self.nick} (Quit)")
        self.transport.close()
