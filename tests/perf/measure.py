"""Measures the published bot beside its peers, as whole processes on a real ngIRCd and a real Dovecot; prints one table.

Only the ratios of one run travel from machine to machine. The bot has all of its promises on (a durable commit before a line,
deduplication, rights, grouping); its grouping wait is zero and its pace is off, since no server limits it here.
"""
import contextlib
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "faults"))
import ground
from ground import MACHINES, deliver, free_port, maildir, progress

BINARY, RAW, NO_DELAY, PYTHON, REPOSITORY = sys.argv[1:6]
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "script.py")
CHANNEL, NICK = "#perf", "globot"
COMMANDS, MAILS, BACKLOG, STARTS, SECONDS = 2000, 60, 10_000, 7, 5
TICKS = os.sysconf("SC_CLK_TCK")


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def processor(pid):
    """Seconds of processor time that a process has used."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid, key="VmRSS"):
    """In MB."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(key)) / 1024


class Irc:
    """A person in the channel."""

    def __init__(self, port, nick):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(60)
        self.nick = nick
        self.rest = b""
        self.waiting = []
        self.say(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        self.hear(b" 001 ")
        self.say("JOIN " + CHANNEL)
        self.hear(b" 366 ")

    def say(self, *lines):
        self.socket.sendall("".join(line + "\r\n" for line in lines).encode())

    def lines(self):
        while True:
            while self.waiting:
                line = self.waiting.pop(0)
                if line.startswith(b"PING "):
                    self.say("PONG " + line[5:].decode())
                else:
                    yield line
            data = self.socket.recv(1 << 18)
            if not data:
                raise ConnectionError("the server closed the connection")
            *self.waiting, self.rest = (self.rest + data).split(b"\r\n")

    def hear(self, wanted):
        return next(line for line in self.lines() if wanted in line)

    def close(self):
        self.socket.close()


class Peer:
    """One program under measurement, in the channel while the context lasts."""

    def __init__(self, work, port, watcher):
        self.work, self.port, self.watcher = work, port, watcher
        self.process = None

    def start(self):
        begin = time.perf_counter()
        self.process = subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=self.log())
        self.watcher.hear(f":{NICK}!".encode())
        return time.perf_counter() - begin

    def log(self):
        return open(os.path.join(self.work, "log"), "ab")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.watcher.hear(b" QUIT")


class Raw(Peer):
    name = "raw C"
    asked = "hal"

    def command(self):
        return [RAW, str(self.port), NICK, CHANNEL]


class Script(Peer):
    name = "Python script"
    asked = "hal"

    def command(self):
        return [PYTHON, SCRIPT, "127.0.0.1", str(self.port), NICK, CHANNEL, os.path.join(self.work, "script.db"), self.maildir()]

    def maildir(self):
        return maildir(os.path.join(self.work, "script"))


class Bot(Peer):
    name = "chatbot"
    asked = "hal"
    imap = None
    security = "tls = false"

    def command(self):
        return [BINARY, "run", "--config", self.configuration()]

    def maildir(self):
        return maildir(os.path.join(self.work, "Maildir"))

    def configuration(self):
        source = f'kind = "maildir"\npath = "{self.maildir()}"\n'
        if self.imap:
            source = f'kind = "imap"\nhost = "127.0.0.1"\nport = {self.imap}\ntls = false\nuser = "globot"\npassword_file = "imap.password"\nprocessed_folder = "Seen"\n'
            with open(os.path.join(self.work, "imap.password"), "w") as file:
                file.write("correct horse\n")
            os.chmod(os.path.join(self.work, "imap.password"), 0o600)
        for name in ("machines.toml", "people.toml", "welcome.fr.md", "welcome.en.md"):
            shutil.copy(os.path.join(REPOSITORY, "config", name), self.work)
        path = os.path.join(self.work, "chatbot.toml")
        with open(path, "w") as file:
            file.write(f"""locale = "en"
timezone = "Europe/Paris"
data = "data"
machines = "machines.toml"
people = "people.toml"
[irc]
servers = ["127.0.0.1:{self.port}"]
{self.security}
nick = "{NICK}"
pace = "off"
[[irc.channels]]
name = "{CHANNEL}"
audience = "public"
[mail]
[[mail.sources]]
{source}closed = true
[speech]
group_wait = "0s"
group_interval = "0s"
[web]
listen = "127.0.0.1:{free_port()}"
""")
        return path


def mail(machine, service):
    return ground.mail(machine, service, output="connect to address 10.0.1.11 and port 110: Connection refused\n" + "x" * 500)


@contextlib.contextmanager
def ngircd(work):
    server = ground.Ngircd(work, "MaxPenaltyTime = 0", {"LD_PRELOAD": NO_DELAY})
    try:
        yield server.port
    finally:
        server.kill()


@contextlib.contextmanager
def dovecot(work):
    server = ground.Dovecot(work)
    try:
        yield server.port, server.inbox
    finally:
        server.stop()


def starts(peer):
    times = []
    for _ in range(STARTS):
        times.append(peer.start())
        peer.stop()
    return percentile(times, 0.5)


def one_by_one(peer, person):
    times = []
    answer = f":{NICK}!".encode()
    for number in range(COMMANDS + 200):
        begin = time.perf_counter()
        person.say(f"PRIVMSG {CHANNEL} :!status {peer.asked}")
        person.hear(answer)
        if number >= 200:
            times.append(time.perf_counter() - begin)
    return times


def at_once(peer, port, watcher):
    """Four people in the channel with eight questions each that wait for an answer; everybody hears every answer."""
    people = {}
    for number in range(4):
        person = Irc(port, f"load{number}")
        people[person.socket] = person
    question = f"PRIVMSG {CHANNEL} :!status {peer.asked}"
    answer = f":{NICK}!".encode()
    heard = dict.fromkeys(people, 0)
    for person in people.values():
        person.socket.settimeout(0)
        person.say(*[question] * 8)
    begin = time.perf_counter()
    while time.perf_counter() - begin < SECONDS:
        for ready in select.select([watcher.socket, *people], [], [], 1)[0]:
            if ready is watcher.socket:
                ready.recv(1 << 18)
                continue
            person = people[ready]
            *lines, person.rest = (person.rest + ready.recv(1 << 18)).split(b"\r\n")
            asked = heard[ready] // len(people)
            heard[ready] += sum(line.startswith(answer) for line in lines)
            ready.sendall((question + "\r\n").encode() * (heard[ready] // len(people) - asked))
    rate = min(heard.values()) / (time.perf_counter() - begin)
    for person in people.values():
        person.close()
    watcher.waiting, watcher.rest = [], b""
    watcher.say("PRIVMSG %s :end" % watcher.nick)
    watcher.hear(b" :end")
    return rate


def mails(peer, person):
    times = []
    folder = peer.maildir()
    for number in range(MAILS):
        service = f"SVC{number:04}"
        content = mail("hal", service)
        begin = time.perf_counter()
        deliver(folder, f"{number}.perf", content)
        person.hear(service.encode())
        times.append(time.perf_counter() - begin)
        time.sleep(0.02)
    return times


def backlog(peer, folder, is_done):
    for number in range(BACKLOG):
        deliver(folder, f"{number}.perf", mail(MACHINES[number % len(MACHINES)], f"B{number:05}"))
    peer.process = subprocess.Popen(peer.command(), stdout=subprocess.DEVNULL, stderr=peer.log())
    begin, first = time.perf_counter(), None
    while not is_done():
        time.sleep(0.005)
        left = len(os.listdir(os.path.join(folder, "new")))
        if first is None and left < BACKLOG:
            first = time.perf_counter()
        if time.perf_counter() - begin > 300:
            raise TimeoutError(f"{left} mails are left")
        progress(f"{peer.name}: {left} mails left")
    took = time.perf_counter() - (first or begin)
    used, peak = processor(peer.process.pid), memory(peer.process.pid, "VmHWM")
    peer.process.kill()
    peer.process.wait()
    return BACKLOG / took, used, peak


def fsync(work):
    times = []
    with open(os.path.join(work, "fsync"), "ab") as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            file.flush()
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begin)
    return times


def of(kind, root):
    """One program's column."""
    rows = {}
    work = tempfile.mkdtemp(dir=root)
    with ngircd(work) as port:
        watcher = Irc(port, "watcher")
        peer = kind(work, port, watcher)
        progress(f"{peer.name}: starts")
        rows["start to JOIN, ms"] = starts(peer) * 1000
        peer.start()
        time.sleep(4)
        pid = peer.process.pid
        rows["memory at rest, MB"] = memory(pid)
        progress(f"{peer.name}: commands")
        before = processor(pid)
        times = one_by_one(peer, watcher)
        rows["command p50, ms"] = percentile(times, 0.5) * 1000
        rows["command p99, ms"] = percentile(times, 0.99) * 1000
        rows["processor s per 1,000 commands"] = (processor(pid) - before) * 1000 / (COMMANDS + 200)
        rows["replies/s, 4 people, 8 each"] = at_once(peer, port, watcher)
        rows["memory after, MB"] = memory(pid)
        if kind is Bot:
            progress(f"{peer.name}: mails")
            before = processor(pid)
            times = mails(peer, watcher)
            rows["mail to line p50, ms"] = percentile(times, 0.5) * 1000
            rows["mail to line p99, ms"] = percentile(times, 0.99) * 1000
            rows["processor ms per lone mail"] = (processor(pid) - before) * 1000 / MAILS
            rows["fdatasync p50, ms"] = percentile(fsync(work), 0.5) * 1000
        peer.stop()
        watcher.close()
    return rows


def waiting(root):
    rows = {Script: {}, Bot: {}}
    for kind in (Script, Bot):
        work = tempfile.mkdtemp(dir=root)
        with ngircd(work) as port:
            peer = kind(work, port, None)
            folder = peer.maildir()
            rate, used, peak = backlog(peer, folder, lambda: not os.listdir(os.path.join(folder, "new")))
            rows[kind].update({"10,000 in a Maildir, mails/s": rate, "- processor ms a mail": used * 1000 / BACKLOG, "- peak memory, MB": peak})
    work = tempfile.mkdtemp(dir=root)
    os.chmod(work, 0o755)
    if os.getuid() == 0:
        with ngircd(work) as port, dovecot(work) as (imap, inbox):
            peer = Bot(work, port, None)
            peer.imap = imap
            seen = os.path.join(inbox, ".Seen")
            is_done = lambda: sum(len(os.listdir(os.path.join(seen, part))) for part in ("new", "cur") if os.path.isdir(os.path.join(seen, part))) >= BACKLOG
            rate, used, peak = backlog(peer, inbox, is_done)
            rows[Bot].update({"10,000 over IMAP, mails/s": rate, "- processor ms a mail, IMAP": used * 1000 / BACKLOG, "- peak memory, IMAP, MB": peak})
    return rows


def main():
    root = tempfile.mkdtemp()
    os.chmod(root, 0o755)
    try:
        kinds = (Raw, Script, Bot)
        columns = {kind: of(kind, root) for kind in kinds}
        for kind, rows in waiting(root).items():
            columns[kind].update(rows)
        progress("")
        width = max(map(len, columns[Bot]))
        print(f"{'':{width}}  " + "  ".join(f"{kind.name:>13}" for kind in kinds) + "   to the script")
        for row, ours in columns[Bot].items():
            script = columns[Script].get(row)
            cells = "  ".join(f"{columns[kind][row]:13,.3f}" if row in columns[kind] else " " * 13 for kind in kinds)
            print(f"{row:{width}}  {cells}   " + (f"{ours / script:13.2f}" if script else ""))
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
