"""One fault under way: a bot with everything around it, what was sent to it, what it said, and the figures that are held against limits."""
import contextlib
import os
import random
import re
import time

import ground
from ground import CHANNEL, MACHINES, Bot, Home, until
from ircd import Ircd

WINDOW = 6  # lines that the bot may have written without proof that the server took them: so many may come twice after a fault


class Skipped(Exception):
    """It cannot be carried out here; the message says why."""


class Scene:
    def __init__(self, fault, engine, binary, shim, work, sizes):
        self.fault, self.binary, self.shim, self.work, self.sizes = fault, binary, shim, work, sizes
        self.random = random.Random(fault)
        self.irc = Ircd()
        self.irc.start()
        self.home = Home(work, self.irc.port, engine)
        self.engine = self.home.engine
        self.stack = contextlib.ExitStack()
        self.bots, self.tokens, self.figures = [], [], []
        self.said = lambda: [line.line for line in self.irc.said(CHANNEL)]
        self.lost = self.repeated = self.seconds = None

    @property
    def bot(self):
        return self.bots[-1]

    def size(self, short, usual, long=None):
        """How much of it, by the option of the call."""
        return {"short": short, "usual": usual, "long": long or usual}[self.sizes]

    def folder(self, name):
        path = os.path.join(self.work, name)
        os.makedirs(path)
        return path

    def progress(self, text):
        ground.progress(f"{self.fault} {self.engine.name}: {text}")

    def start(self, is_joined=True, **more):
        """A new process of the bot; the first call writes the configuration."""
        if not self.bots:
            self.home.configure()
        self.bots.append(Bot(self.home, self.binary, **more))
        if is_joined and self.irc.wait_joined() is None:
            raise AssertionError("the bot did not join: " + self.log()[-500:])
        if is_joined:
            until(lambda: self.bot.page("healthz")[0], 10)
        return self.bot

    def preload(self, **variables):
        return {"LD_PRELOAD": self.shim, **{"FAULTS_" + name: value for name, value in variables.items()}}

    def log(self):
        with contextlib.suppress(FileNotFoundError), open(self.home.log, errors="replace") as file:
            return file.read()
        return ""

    def alert(self, machine=None, folder=None, at=None):
        """A mail about a service that nothing else is about."""
        token = f"T{len(self.tokens):05}"
        self.home.deliver(ground.mail(machine or MACHINES[len(self.tokens) % len(MACHINES)], token, at=at), folder)
        self.tokens.append(token)
        return token

    def alerts(self, count, **more):
        return [self.alert(**more) for _ in range(count)]

    def is_heard(self, token):
        return any(token in line for line in self.said())

    def canary(self, patience=30, **more):
        """Seconds from a new mail to the line that tells of it; None where there is none in time."""
        before = len(self.said())
        token = self.alert(**more)
        return until(lambda: any(token in told for told in self.mentioned(before)), patience, 0.02)

    def is_settled(self):
        """Every mail is stored, each alert that is due and not suppressed has its line, and every line is said."""
        soon = int(time.time() + 60) * 1000  # An overload holds time-outs back for longer.
        return not ground.files(self.home.maildir, "new") and self.engine.rows(
            "SELECT (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL) + "
            f"(SELECT COUNT(*) FROM incident WHERE suppressed_by IS NULL AND announce_at < {soon})") == [(0,)]

    def settle(self, patience=120):
        took = until(self.is_settled, patience, 0.2)
        self.check("settled", took, "<=", patience, "s")
        return took

    def mentioned(self, after=0):
        """Of each line of the channel, which alerts it tells of, by name or by number."""
        lines = self.said()[after:]
        numbers = dict(self.engine.rows("SELECT number, service FROM incident")) if lines else {}
        tokens = set(self.tokens)
        for line in lines:
            line = re.sub(r"\(.*\d+ incidents from #\d+ to #\d+.*\)", "", line)  # what else reads alike, not what the line tells
            told = set(re.findall(r"\bT\d{5}\b", re.sub(r"\x03\d*(,\d+)?|[\x02\x0f\x1d\x1f]", "", line)))
            for first, last in re.findall(r"#(\d+)(?:(?:–| to )#(\d+))?", line):
                told.update(numbers.get(number, "") for number in range(int(first), min(int(last or first), int(first) + 100_000) + 1))
            yield told & tokens

    def is_mentioned(self, token):
        return any(token in told for told in self.mentioned())

    def held_back(self):
        """What ended before it was announced, in one batch with its end or while no bot ran: that is counted, and not announced."""
        return {service for service, in self.engine.rows(
            "SELECT service FROM incident WHERE number IN (SELECT incident FROM incident_event WHERE reason = 'recovered-before-announced')")}

    def account(self, repeats, held_back=()):
        """
        Fills in what was lost of all alerts so far but those that were rightly held back, and how many lines told again what a line had
        told before; None where other lines name them too.
        """
        seen, again = set(), 0
        for told, line in zip(self.mentioned(), self.said()):
            told = {(token, " OK " in line) for token in told}  # its beginning, or its end
            again += bool(told & seen)
            seen |= told
        seen = {token for token, _ in seen}
        missing = [token for token in self.tokens if token not in seen and token not in held_back]
        self.lost = len(missing)
        self.check("lost", self.lost, "<=", 0, " (" + ", ".join(missing[:5]) + ")" if missing else "")
        if repeats is not None:
            self.repeated = again
            self.check("repeated", self.repeated, "<=", repeats)

    def check(self, what, value, relation, limit, unit=""):
        """A figure and its limit; a value of None is what did not happen."""
        is_right = value is not None and {"<=": lambda: value <= limit, ">=": lambda: value >= limit, "=": lambda: value == limit}[relation]()
        shown = "never" if value is None else (f"{value:.2f}" if value < 1 else f"{value:.1f}") if isinstance(value, float) else str(value)
        self.figures.append((is_right, f"{what} {shown}{unit if value is not None else ''} {'≤' if relation == '<=' else '≥' if relation == '>=' else '='} {limit}"))
        return is_right

    def require(self, what, is_so):
        """What has to be true, in words that say it."""
        self.figures.append((bool(is_so), what))

    def answers(self, patience=30):
        """Somebody asks and gets an answer."""
        return self.irc.answer("alice", "status routeur", "routeur", patience) is not None

    def alive(self):
        self.require("alive", self.bot.is_alive)

    def close(self):
        for bot in self.bots:
            bot.kill()
        self.stack.close()
        self.irc.__exit__()
        self.engine.close()
