"""Two bots on one PostgreSQL, of which one speaks: makes the other take over many times in each way, and prints one table.

Call: tests/faults/takeovers.py [--binary FILE] [--trials 50] [--pairs 5] [killed] [frozen] [stopped] [cut]; all of them take ten minutes.
As many pairs as there are run side by side, each on an IRC server and a database of its own. What every bot sends to IRC is read on the wire.
Exit code 1 where a figure is over its limit.
"""
import argparse
import collections
import concurrent.futures
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time

import ground

WAYS = {
    "killed": "kill -9 of the one that speaks",
    "frozen": "SIGSTOP, and SIGCONT once the other speaks",
    "stopped": "SIGTERM",
    "cut": "the network to the database lost, that to IRC not",
}
# Seconds until the other has the lease: the median, and 99 of 100.
LIMITS = {"killed": (10, 12), "frozen": (10, 12), "stopped": (1, 2), "cut": (10, 12)}
LONGEST_UNTIL_LINE = 3
SPEECH = (b"PRIVMSG", b"NOTICE")

Trial = collections.namedtuple("Trial", "way lease line lost repeated former code")


class Relay:
    """Between a program and its server: keeps what the program sends, and may lose everything without a word."""

    def __init__(self, port):
        self.target, self.sent, self.is_cut, self.open = port, bytearray(), False, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.open += [client, server]
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, keep in ((client, server, True), (server, client, False)):
                threading.Thread(target=self.copy, args=(source, sink, keep), daemon=True).start()

    def copy(self, source, sink, keep):
        try:
            while data := source.recv(1 << 16):
                if keep:
                    self.sent += data
                if not self.is_cut:
                    sink.sendall(data)
        except OSError:
            pass
        for one in (source, sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def mend(self):
        """The network is back; what was open on it is not."""
        self.is_cut = False
        for one in self.open:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.open.clear()


class Member:
    """One of the two: its folder, its relays, and its process."""

    def __init__(self, pair, name):
        work = os.path.join(pair.work, name)
        os.makedirs(work)
        self.irc, self.cable = Relay(pair.irc.port), Relay(pair.postgres.port)
        self.home = ground.Home(work, self.irc.port, "SQLite")
        self.home.engine.configuration = (
            f'[storage]\nprovider = "postgresql"\nstandby = "warm"\n'
            f'connection = "Host=127.0.0.1;Port={self.cable.port};Username=chatbot;Database={pair.database}"\n')
        self.home.configure()

    def start(self, binary, text):
        self.bot = ground.Bot(self.home, binary)
        if ground.until(lambda: text in self.bot.page("healthz")[1] and self.bot.page("healthz")[0] == 200, 60) is None:
            raise AssertionError(f"it is not “{text}”: {self.bot.page('healthz')[1]}")


class Pair:
    def __init__(self, root, number, postgres, binary):
        self.work, self.postgres, self.binary, self.database = os.path.join(root, f"pair{number}"), postgres, binary, f"pair{number}"
        os.makedirs(os.path.join(self.work, "ircd"))
        self.irc = ground.Ngircd(os.path.join(self.work, "ircd"))
        self.watcher = ground.Watcher(self.irc.port)
        postgres.rows(f"CREATE DATABASE {self.database}", "postgres")
        self.leader, self.other = Member(self, "a"), Member(self, "b")
        self.leader.start(binary, "leader")
        self.other.start(binary, "standby")
        self.epoch, self.count = 1, 0

    def rows(self, sql):
        return self.postgres.rows(sql, self.database)

    def heard(self, text):
        self.watcher.read()
        return [line for line in self.watcher.lines if text in line and f" PRIVMSG {ground.CHANNEL} :" in line]

    def has_nick(self):
        self.watcher.read()
        return sum(line.endswith(f" NICK :{ground.NICK}") for line in self.watcher.lines) >= self.epoch - 1

    def trial(self, way):
        self.count += 1
        token, former, begin = f"{self.database}-{self.count}", self.leader, time.time()
        before = len(self.heard("I take over"))
        wire = len(former.irc.sent)
        bot = former.bot
        if way == "cut":
            former.cable.is_cut = True
        elif way == "stopped":
            bot.process.terminate()
        else:
            bot.signal(signal.SIGKILL if way == "killed" else signal.SIGSTOP)
        if way != "stopped":
            wire = len(former.irc.sent)
        self.rows("INSERT INTO outbox (kind, target, audience, payload, created_at) VALUES "
                  f"('line', '{ground.CHANNEL}', 'public', '{token}', {int(begin * 1000)})")
        if ground.until(lambda: len(self.heard("I take over")) > before, 60, 0.02) is None:
            raise AssertionError(f"nobody takes over: {way}")
        line = time.time()
        taken = self.rows(f"SELECT taken_at FROM lease_history WHERE epoch = {self.epoch + 1}")[0][0] / 1000
        if way == "frozen":
            bot.signal(signal.SIGCONT)
        elif way == "cut":
            ground.until(lambda: bot.page("healthz")[0] == 503, 10)
            former.cable.mend()
        code = bot.process.wait(60)
        said = len(self.heard(token))
        sent = [line for line in bytes(former.irc.sent[wire:]).split(b"\r\n") if any(word in line for word in SPEECH)]
        former_lines = 0 if way == "stopped" else len(sent)
        former.start(self.binary, "standby")
        self.leader, self.other, self.epoch = self.other, former, self.epoch + 1
        if ground.until(lambda: self.leader.bot.page("healthz")[0] == 200 and self.has_nick(), 60) is None:
            raise AssertionError(f"the one that took over is not ready as {ground.NICK}: {self.leader.bot.page('healthz')[1]}")
        time.sleep(2)  # ngIRCd makes whoever changed the nick wait for so long
        return Trial(way, taken - begin, line - taken, said == 0, max(0, said - 1), former_lines, code)

    def faults(self):
        """What is wrong with the epochs: each has begun once, after the one before."""
        found = [tuple(row) for row in self.rows("SELECT epoch, taken_at FROM lease_history ORDER BY epoch")]
        right = [epoch for epoch, _ in found] == list(range(1, self.epoch + 1)) and [at for _, at in found] == sorted(at for _, at in found)
        return 0 if right else 1

    def close(self):
        for member in (self.leader, self.other):
            member.bot.kill()
        self.irc.kill()


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def report(way, trials):
    lease, line = [trial.lease for trial in trials], [trial.line for trial in trials]
    p50, p99 = LIMITS[way]
    lost, repeated, former = sum(trial.lost for trial in trials), sum(trial.repeated for trial in trials), sum(trial.former for trial in trials)
    codes = sorted({trial.code for trial in trials})
    wanted = {"killed": [-9], "frozen": [75], "stopped": [0], "cut": [75]}[way]
    right = (percentile(lease, 0.5) <= p50 and percentile(lease, 0.99) <= p99 and percentile(line, 0.99) <= LONGEST_UNTIL_LINE
             and lost == repeated == former == 0 and codes == wanted)
    print(f"| {way} | {len(trials)} | {percentile(lease, 0.5):.2f} | {percentile(lease, 0.99):.2f} | {percentile(line, 0.5):.2f} | {percentile(line, 0.99):.2f} "
          f"| {lost} | {repeated} | {former} | {', '.join(map(str, codes))} | {'pass' if right else 'FAIL'} |", flush=True)
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("ways", nargs="*", metavar="way", help="; ".join(f"{way}: {what}" for way, what in WAYS.items()))
    parser.add_argument("--binary", default=os.path.join(ground.REPOSITORY, "artifacts", "linux-x64", "chatbot"))
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=5)
    arguments = parser.parse_args()
    if unknown := set(arguments.ways) - set(WAYS):
        parser.error("no such way: " + ", ".join(sorted(unknown)))
    work = tempfile.mkdtemp(prefix="takeovers")
    os.chmod(work, 0o755)
    os.makedirs(os.path.join(work, "postgres"))
    postgres, pairs, right = ground.Postgres(os.path.join(work, "postgres")), [], True
    try:
        for number in range(arguments.pairs):
            pairs.append(Pair(work, number, postgres, os.path.realpath(arguments.binary)))
        print("| way | trials | lease p50 s | p99 | then first line p50 s | p99 | lost | said twice | lines of the former one | its exit code | |\n"
              "|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
        for way in arguments.ways or WAYS:
            waiting = collections.deque(range(arguments.trials))

            def turn(pair, way=way, waiting=waiting):
                trials = []
                while waiting:
                    waiting.popleft()
                    trials.append(pair.trial(way))
                    ground.progress(f"{way}: {len(waiting)} to begin")
                return trials

            with concurrent.futures.ThreadPoolExecutor(len(pairs)) as pool:
                right &= report(way, [trial for trials in pool.map(turn, pairs) for trial in trials])
        broken = sum(pair.faults() for pair in pairs)
        print(f"epochs that began twice or out of order: {broken} of {len(pairs)} databases, {sum(pair.epoch for pair in pairs)} epochs")
        right &= broken == 0
    finally:
        for pair in pairs:
            pair.close()
        postgres.close()
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
