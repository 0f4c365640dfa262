"""The faults, in order. Each is a function that hurts the bot of a scene and holds figures against limits."""
import collections
import contextlib
import fcntl
import glob
import hashlib
import mmap
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import struct
import subprocess
import threading
import time

import ground
from ground import CHANNEL, MACHINES, NICK, until
from ircd import Ircd
from scene import WINDOW, Skipped

Fault = collections.namedtuple("Fault", "name title carry_out only reason")
ALL = []
ONE_PROCESS = "SQLite", "SQLite's own files; PostgreSQL keeps and repairs its own"
ANOTHER_PROCESS = "PostgreSQL", "SQLite is no server"


def fault(name, title, only=None):
    """`only`: an engine, and why the other has no such fault."""
    def add(carry_out):
        ALL.append(Fault(name, title, carry_out, only, None))
        return carry_out
    return add


def absent(name, title, reason):
    ALL.append(Fault(name, title, None, None, reason))


def needs_root():
    if not ground.IS_ROOT:
        raise Skipped("needs root")


def on_ngircd(scene):
    """The same scene with a real server, and a person in its channel who notes what is said."""
    server = ground.Ngircd(scene.folder("ngircd"))
    scene.stack.callback(server.kill)
    watcher = ground.Watcher(server.port)
    scene.home.server = f"127.0.0.1:{server.port}"
    scene.said = watcher.said
    return server, watcher


def memory_limit(before):
    """What a process that is not growing may use more than before, in MB."""
    return before * 1.1 + 8


@fault("F01", "the bot is killed again and again while mails arrive")
def kills(scene):
    mails, seconds, deaths = scene.size((150, 8, 4), (1000, 60, 20))

    def deliver():
        for number in range(mails):
            time.sleep(max(0, begin + number * seconds / mails - time.monotonic()))
            scene.alert()

    scene.start(is_joined=False)
    begin = time.monotonic()
    sender = threading.Thread(target=deliver)
    sender.start()
    for death in range(deaths):
        # Half of them do not wait until it is in the channel.
        if death % 2:
            until(lambda: scene.bot.metric("chatbot_irc_joined_channels") == 1, 10)
        time.sleep(scene.random.uniform(0, 1.5 * seconds / deaths))
        scene.progress(f"killed {death + 1} of {deaths} times")
        scene.bot.kill()
        scene.start(is_joined=False)
    sender.join()
    scene.seconds = scene.settle(120)
    scene.account(deaths * WINDOW)
    scene.require("integrity ok", scene.engine.integrity() == "ok")
    stored = scene.engine.rows("SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND announced_state IS NOT NULL")[0][0]
    scene.check("open incidents", stored, "=", mails)
    if scene.irc.connections:
        hal = scene.engine.rows("SELECT COUNT(*) FROM incident WHERE machine = 'hal'")[0][0]
        scene.require("!status counts them", scene.irc.answer("alice", "status hal", f"{hal} incidents"))


@fault("F01r", "the same on a real ngIRCd")
def kills_on_ngircd(scene):
    on_ngircd(scene)
    scene.home.pace = "auto"
    kills(scene)


@fault("F02", "the IRC server dies five times with what lies in its sockets")
def dead_servers(scene):
    scene.start()
    deaths = scene.size(2, 5)
    slowest = 0
    for _ in range(deaths):
        scene.alerts(10)
        time.sleep(0.2)
        scene.irc.reads = False
        scene.alerts(10)
        time.sleep(0.5)
        scene.irc.kill()
        scene.alerts(10)
        time.sleep(0.5)
        scene.irc.reads = True
        scene.irc.start()
        begin = time.monotonic()
        scene.irc.wait_joined()
        slowest = max(slowest, time.monotonic() - begin)
    scene.settle()
    scene.seconds = slowest
    scene.check("in the channel again after", slowest, "<=", 60, "s")
    scene.account(deaths * WINDOW)


@fault("F03", "the IRC server freezes for 12 s, then dies")
def half_open(scene):
    scene.start()
    scene.irc.reads = False
    scene.alerts(20)
    time.sleep(scene.size(4, 12))
    scene.irc.kill()
    scene.irc.reads = True
    scene.irc.start()
    begin = time.monotonic()
    scene.irc.wait_joined(90)
    scene.seconds = time.monotonic() - begin
    scene.check("in the channel again after", scene.seconds, "<=", 60, "s")
    scene.settle()
    scene.account(WINDOW)


@fault("F04", "the IRC server is silent, its connection lives")
def silent_server(scene):
    scene.start()
    scene.irc.deafen()
    scene.alerts(5)
    begin = time.monotonic()
    scene.irc.wait(lambda: scene.irc.connections > 1, 320)
    scene.seconds = time.monotonic() - begin
    scene.check("reconnected after", scene.seconds, "<=", 90, "s")
    scene.irc.wait_joined()
    scene.settle()
    scene.account(WINDOW)


@fault("F05", "the IRC server reads three lines a second")
def slow_server(scene):
    scene.start()
    before = scene.bot.of("VmRSS")
    scene.irc.rate = 3
    pages, highest = [], before
    begin = time.monotonic()
    seconds = scene.size(4, 40)
    while (passed := time.monotonic() - begin) < seconds or (not scene.is_settled() and passed < 180):
        if passed < seconds:
            scene.alerts(3)  # twice as many as it reads
        asked = time.monotonic()
        status, _, _ = scene.bot.page("healthz")
        pages.append(time.monotonic() - asked if status else 999.0)
        highest = max(highest, scene.bot.of("VmRSS"))
        time.sleep(0.5)
    scene.seconds = time.monotonic() - begin
    scene.settle()
    scene.account(WINDOW)
    scene.check("slowest page", max(pages), "<=", 2, "s")
    scene.check("memory", highest, "<=", round(memory_limit(before)), "MB")


@fault("F06", "the IRC server throws out who floods: ten lines at once, then one a second")
def flood(scene):
    scene.home.pace = "auto"
    scene.irc.flood = (10, 1)
    scene.start()
    scene.alerts(scene.size(30, 60))
    scene.seconds = scene.settle(180)
    scene.check("thrown out", scene.irc.excess, "<=", 1)
    scene.account(scene.irc.excess * WINDOW)


@fault("F06r", "the same on a real ngIRCd, which lets who floods wait")
def flood_on_ngircd(scene):
    _, watcher = on_ngircd(scene)
    scene.home.pace = "auto"
    scene.start(is_joined=False)
    until(lambda: scene.bot.metric("chatbot_irc_joined_channels") == 1, 30)
    scene.alerts(scene.size(30, 60))
    scene.seconds = scene.settle(180)
    scene.check("thrown out", sum(" QUIT " in line for line in watcher.lines), "<=", 1)
    scene.account(0)


@fault("F07", "the IRC server kicks, renames, silences, lies and floods")
def lies(scene):
    scene.start()
    host = "irc.faults.test"
    slowest = 0

    def works(what):
        nonlocal slowest
        begin = time.monotonic()
        answers = scene.answers(60)
        scene.require(f"{what}: answers", answers)
        heard = scene.canary(60)
        scene.require(f"{what}: alerts", heard is not None)
        slowest = max(slowest, time.monotonic() - begin)

    def kick():
        for link in list(scene.irc.links):
            link.send(f":op!op@op.example.net KICK {CHANNEL} {link.nick} :out")
            scene.irc.joined.discard(link)

    def rename():
        for link in list(scene.irc.links):
            before, link.nick = link.me(), "Guest4711"
            link.send(f":{before} NICK :{link.nick}")

    def silence():
        scene.irc.moderated = True
        scene.irc.send(f":op!op@op.example.net MODE {CHANNEL} +m")
        scene.alerts(3)
        time.sleep(2)
        scene.irc.moderated = False
        scene.irc.send(f":op!op@op.example.net MODE {CHANNEL} -m")

    def error():
        scene.irc.send("ERROR :Closing Link: globot (Server shutting down)")
        scene.irc.cut()

    def taken():
        scene.irc.refused_nicks = {NICK}
        scene.irc.cut()
        scene.irc.wait_joined(90)
        scene.irc.refused_nicks = set()

    def names():
        scene.irc.send(*[f":{host} 353 {NICK} = {CHANNEL} :" + " ".join(f"@n{line}x{i}" for i in range(40)) for line in range(1000)])
        scene.irc.send(f":{host} 366 {NICK} {CHANNEL} :End of NAMES")

    def isupport():
        scene.irc.send(*[f":{host} 005 {NICK} " + " ".join(f"K{line}X{i}={'v' * 20}" for i in range(12)) + " :are supported" for line in range(2000)])

    def garbage():
        scene.irc.send("", " ", ":", "@", "@a", ":x", "PING", "\x00\x01\x02", "x" * 100_000, "@" + "t" * 9000 + " PRIVMSG x :y", f":{host} 001", f":{host} 353",
                       ":a!b@c PRIVMSG", "JOIN", f":{NICK}!u@h PART #elsewhere", f":{host} 999 :", f":{host} BATCH +x", f":{host} CAP", ":\udcff".encode("utf-8", "replace").decode())

    steps = {"KICK": kick, "forced NICK": rename, "+m": silence, "ERROR": error, "433": taken,
             "CAP DEL": lambda: scene.irc.send(f":{host} CAP {NICK} DEL :account-tag server-time message-tags"),
             "NAMES": names, "ISUPPORT": isupport, "garbage": garbage}
    for what, step in steps.items():
        scene.progress(what)
        step()
        works(what)
    scene.figures = [figure for figure in scene.figures if not figure[0]] or [(True, "answers and alerts after each of " + ", ".join(steps))]
    scene.seconds = slowest
    scene.settle()
    scene.account(WINDOW * 5)


@fault("F08", "Dovecot stops, is killed, starts again and freezes during IDLE")
def mailbox(scene):
    needs_root()
    dovecot = ground.Dovecot(scene.folder("mail"))
    scene.stack.callback(dovecot.kill)
    scene.home.sources = dovecot.source(scene.home)
    scene.start()

    def deliver(count):
        scene.alerts(count, folder=dovecot.inbox)

    deliver(10)
    until(lambda: dovecot.left() == 0, 60)
    for step in range(scene.size(1, 2)):
        scene.progress(f"stopped, killed and frozen, {step + 1}")
        deliver(10)
        dovecot.stop()
        deliver(10)
        time.sleep(2)
        dovecot.start()
        deliver(30)
        time.sleep(0.1 * step)
        dovecot.kill()
        deliver(10)
        time.sleep(1)
        dovecot.start()
        until(lambda: dovecot.left() == 0, 120)
        dovecot.signal_all(signal.SIGSTOP)
        deliver(10)
        time.sleep(scene.size(3, 6))
        dovecot.signal_all(signal.SIGCONT)
    begin = time.monotonic()
    until(lambda: dovecot.left() == 0, 120)
    scene.settle()
    scene.seconds = time.monotonic() - begin
    scene.account(0)
    scene.check("left unread", dovecot.left(), "=", 0)


@fault("F09", "the disk of the store is full for 5 s")
def full_disk(scene):
    needs_root()
    disk = scene.stack.enter_context(ground.small_disk(scene.folder("disk"), 64))
    scene.home.data = os.path.join(disk, "data")
    if scene.engine.name == "PostgreSQL":
        scene.engine.close()
        database = scene.stack.enter_context(ground.small_disk(scene.folder("database"), 128))
        scene.engine = scene.home.engine = ground.Postgres(database)
    scene.start()
    scene.alerts(5)
    scene.settle()
    ground.fill(disk)
    if scene.engine.name == "PostgreSQL":
        ground.fill(database)
    scene.alerts(20)
    time.sleep(scene.size(3, 5))
    mentioned = until(lambda: scene.bot.page("healthz")[0] == 503 or "could not be stored" in scene.log(), 20)
    kept = subprocess.run([scene.binary, "deliver", "--config", os.path.join(scene.work, "chatbot.toml")], input=ground.mail("hal", "SPOOL"), capture_output=True)
    for folder in [disk] + ([database] if scene.engine.name == "PostgreSQL" else []):
        os.remove(os.path.join(folder, "ballast"))
    if scene.engine.name == "PostgreSQL" and scene.engine.process.poll() is not None:
        scene.engine.start()
    scene.alive()
    scene.require("says so", mentioned is not None)
    scene.check("chatbot deliver meanwhile", kept.returncode, "=", 75)
    scene.seconds = scene.settle(60)
    scene.account(WINDOW)
    scene.require("integrity ok", scene.engine.integrity() == "ok")


@fault("F10", "the log's disk is full, then nobody reads the log")
def full_log(scene):
    needs_root()
    disk = scene.stack.enter_context(ground.small_disk(scene.folder("logs"), 1))
    for _ in range(2 if scene.sizes != "short" else 1):
        with open(os.path.join(disk, "log"), "ab") as log:
            scene.start(output=log)
        ground.fill(disk)
        for _ in range(3):
            scene.home.write("chatbot.toml", open(os.path.join(scene.work, "chatbot.toml")).read())
            scene.bot.signal(signal.SIGHUP)
        scene.seconds = scene.canary(10)
        scene.check("canary, disk full", scene.seconds, "<=", 10, "s")
        scene.alive()
        scene.bot.stop()
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    with os.fdopen(writer, "wb") as pipe:
        scene.start(output=pipe)
    # Each reload is a line of the log; the pipe holds some fifty.
    for _ in range(scene.size(300, 1500)):
        scene.bot.signal(signal.SIGHUP)
        time.sleep(0.01)
    scene.check("canary, log unread", scene.canary(10), "<=", 10, "s")
    scene.alive()
    os.close(reader)
    scene.check("canary, log closed", scene.canary(10), "<=", 10, "s")
    scene.alive()
    scene.settle(30)
    scene.account(0)


@fault("F11", "the wall clock jumps; the monotonic one is true")
def clock(scene):
    path = os.path.join(scene.work, "clock")
    with open(path, "wb") as file:
        file.write(bytes(8))
    day = 86400
    jumps = {"+2 h": 7200, "back": 0, "−2 h": -7200, "+365 d": 365 * day, "and back": 0, "−1 d": -day, "+12.7 y": int(12.7 * 365 * day), "and back again": 0}
    if scene.sizes == "short":
        jumps = {"+2 h": 7200, "+365 d": 365 * day, "−1 d": -day, "back": 0}
    scene.home.more = '[[watches]]\nsource = "nagios"\nmachine = "sud"\nsilent_after = "24h"\n'
    scene.start(env=scene.preload(CLOCK=path))
    slowest, unheard = 0, []
    scene.alerts(3)
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 8) as wrong:
        for name, offset in jumps.items():
            scene.progress(name)
            struct.pack_into("q", wrong, 0, offset)
            for at in (None, time.time() + offset):
                took = scene.canary(25, at=at)
                if took is None:
                    unheard.append(name + ("" if at is None else ", dated by it"))
                slowest = max(slowest, took or 0)
            if not scene.answers(20):
                unheard.append(name + ", a question")
            time.sleep(scene.size(0.5, 3))
    scene.seconds = slowest
    scene.check("slowest canary", slowest, "<=", 20, "s")
    scene.require("after each jump: alerts and answers" + (", but not " + "; ".join(unheard) if unheard else ""), not unheard)
    scene.check("reconnects", scene.irc.connections - 1, "<=", 2)
    scene.check("alarms of silence", sum("nagios" in line.lower() for line in scene.said()), "=", 0)
    scene.settle()
    # What is open for a day is said again, by the clock that there is: once for each jump by more than a day.
    scene.account(2 * len(scene.tokens))


@fault("F12", "another process holds the store for 15 s")
def locked(scene):
    scene.start()
    seconds = scene.size(4, 15)
    scene.alert()
    scene.settle()
    if scene.engine.name == "SQLite":
        other = sqlite3.connect(scene.engine.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = subprocess.Popen(["psql", "-XAtq", "-h", scene.engine.work, "-p", str(scene.engine.port), "-U", "chatbot", "-d", "chatbot", "-c",
                                  f"BEGIN; LOCK TABLE incident, outbox, seen_mail IN EXCLUSIVE MODE; SELECT pg_sleep({seconds}); COMMIT"], stdout=subprocess.DEVNULL)
        time.sleep(0.5)
    begin = time.monotonic()
    scene.alerts(10)
    answers = scene.answers(seconds)
    time.sleep(max(0, begin + seconds - 1 - time.monotonic()))
    before = len(scene.said())
    time.sleep(1)
    other.execute("ROLLBACK") if scene.engine.name == "SQLite" else other.wait()
    scene.seconds = scene.settle(60)
    scene.check("lines before its end", before, "=", 1)
    scene.require("answers meanwhile", answers)
    scene.check("connections", scene.irc.connections, "=", 1)
    scene.account(0)


@fault("F13", "the store's file is damaged", ONE_PROCESS)
def damaged(scene):
    scene.start()
    scene.alerts(200)
    scene.settle()
    scene.bot.stop()
    file = scene.engine.file
    shutil.copy(file, file + ".right")
    slowest = 0
    for what in ("header", "middle"):
        shutil.copy(file + ".right", file)
        with open(file, "r+b") as damage:
            damage.seek(0 if what == "header" else os.path.getsize(file) // 8)
            damage.write(random.Random(1).randbytes(64 if what == "header" else os.path.getsize(file) * 3 // 4))
        print_before = hashlib.sha256(open(file, "rb").read()).digest()
        with open(scene.home.log, "w"):
            pass
        scene.start(is_joined=False)
        begin = time.monotonic()
        until(lambda: not scene.bot.is_alive, 15)
        slowest = max(slowest, time.monotonic() - begin)
        scene.require(f"{what}: ends with a code", scene.bot.process.poll() not in (None, 0))
        scene.require(f"{what}: says “damaged”", "damaged" in scene.log())
        scene.require(f"{what}: file as it was", hashlib.sha256(open(file, "rb").read()).digest() == print_before)
    scene.seconds = slowest
    scene.check("ended after", slowest, "<=", 10, "s")
    for name in glob.glob(file + "*"):
        if not name.endswith(".right"):
            os.remove(name)
    os.rename(file + ".right", file)
    scene.start()
    scene.settle()
    scene.account(0)


@fault("F14", "PostgreSQL stops fast, stops at once, and freezes", ANOTHER_PROCESS)
def database_away(scene):
    scene.start()
    slowest = 0
    for step, number in (("fast", signal.SIGINT), ("at once", signal.SIGQUIT), ("killed", signal.SIGKILL), ("frozen", None)):
        scene.progress(step)
        scene.alerts(20)
        time.sleep(0.1)
        if number:
            scene.engine.stop(number)
            scene.alerts(10)
            time.sleep(scene.size(1, 3))
            scene.engine.start()
        else:
            scene.engine.signal_all(signal.SIGSTOP)
            scene.alerts(10)
            time.sleep(scene.size(3, 6))
            scene.engine.signal_all(signal.SIGCONT)
        slowest = max(slowest, until(scene.is_settled, 120, 0.2) or 999.0)
    scene.alive()
    scene.seconds = slowest
    scene.check("slowest until all is said", slowest, "<=", 60, "s")
    scene.account(4 * WINDOW)
    scene.check("connections to IRC", scene.irc.connections, "=", 1)


@fault("F17", "10,000 alerts at once")
def storm(scene):
    count = scene.size(1500, 10_000)
    scene.home.pace = "auto"
    scene.irc.flood = (10, 1)
    scene.start()
    highest = 0

    def sample():
        nonlocal highest
        highest = max(highest, scene.bot.of("VmRSS"))
        return scene.is_settled()

    scene.alerts(count)
    token = scene.alert(machine="canary")
    urgent = until(lambda: scene.is_mentioned(token), 70, 0.2)
    scene.check("a new alert after", urgent, "<=", 60, "s")
    scene.seconds = until(sample, 300, 0.2)
    scene.settle()
    scene.account(0)
    scene.check("memory", max(highest, scene.bot.of("VmHWM")), "<=", 256, "MB")
    scene.check("lines", len(scene.said()), "<=", 200)
    scene.check("thrown out", scene.irc.excess, "=", 0)
    stored = scene.engine.rows("SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND announced_state IS NOT NULL")[0][0]
    scene.check("accounted", stored, "=", count + 1)
    scene.require("!incidents lists them", scene.irc.answer("alice", "incidents hal", "T0"))


@fault("F18", "2,000 problems that come and go")
def flapping(scene):
    services, pairs = 20, scene.size(20, 100)
    scene.home.pace, scene.home.group_wait = "auto", "1s"
    scene.start()
    begin = time.time() - pairs * 2
    for pair in range(pairs):
        for service in range(services):
            name = f"FLAP{service:02}"
            scene.home.deliver(ground.mail("hal", name, at=begin + 2 * pair))
            if pair < pairs - 1 or service % 2 == 0:
                scene.home.deliver(ground.mail("hal", name, "OK", at=begin + 2 * pair + 1))
        time.sleep(0.02)
    scene.seconds = scene.settle(120)
    last = dict(scene.engine.rows("SELECT service, state FROM incident WHERE number IN (SELECT MAX(number) FROM incident GROUP BY service)"))
    wrong = [name for name, state in sorted(last.items()) if state != ("CRITICAL" if int(name[4:]) % 2 else "OK")]
    scene.check("services", len(last), "=", services)
    scene.check("of those in the wrong state", len(wrong), "=", 0, f" ({', '.join(wrong[:3])})" if wrong else "")
    scene.check("lines", len(scene.said()), "<=", 3 * services)
    scene.require("a stranger can ask", scene.irc.answer("alice", "status hal FLAP01", "FLAP01"))


absent("F19", "the gateway of text messages fails", "the bot sends no text messages")


def nasty_mails():
    """Sixteen mails that cost a careless reader all of its memory or time, each with its name."""
    head = "From: nagios@sud.globenet.org\nTo: root@globenet.org\nSubject: x\nDate: Mon, 30 Nov 2026 00:00:00 +0000\nMIME-Version: 1.0\n"

    def nested(depth):
        return head + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(depth)) + "Content-Type: text/plain\n\nx\n"

    def rfc822(depth):
        return head + "Content-Type: message/rfc822\n\n" * depth + "Content-Type: text/plain\n\nx\n"

    text = head + "Content-Type: text/{}; charset={}\nContent-Transfer-Encoding: {}\n\n"
    return {
        "901-nested": nested(5_000), "902-messages": rfc822(20_000),
        "903-parts": head + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 200_000 + "--b--\n",
        "904-header": head + "X-Long: " + "x" * 5_000_000 + "\n\nx\n",
        "905-headers": head + "".join(f"X-{i}: y\n" for i in range(300_000)) + "\nx\n",
        "906-received": head + "Received: from a (b [192.0.2.1]) by c; Mon, 30 Nov 2026 00:00:00 +0000\n" * 50_000 + "\nx\n",
        "907-line": text.format("plain", "utf-8", "8bit") + "x" * 20_000_000,
        "908-lines": text.format("plain", "utf-8", "8bit") + "x\n" * 8_000_000,
        "909-base64": text.format("plain", "utf-8", "base64") + "QUJDREVGR0g=\n" * 1_500_000,
        "910-quoted": text.format("plain", "utf-8", "quoted-printable") + "=C3=A9=\n" * 2_500_000,
        "911-html": text.format("html", "utf-8", "8bit") + "<div>" * 2_000_000,
        "912-entities": text.format("html", "utf-8", "8bit") + "&#x26;amp;" * 1_500_000,
        "913-subject": head.replace("Subject: x", "Subject: " + "=?utf-8?B?w6nDqcOpw6nDqcOp?=\n " * 100_000) + "\nx\n",
        "914-addresses": head.replace("To: root@globenet.org", "To: " + ",\n ".join(f"a{i}@example.net" for i in range(200_000))) + "\nx\n",
        "915-charset": text.format("plain", "utf-7", "8bit") + "+AAA-" * 3_000_000,
        "916-comments": head.replace("From: nagios@sud.globenet.org", "From: " + "(" * 500_000 + " nagios@sud.globenet.org") + "\nx\n",
    }


def memory_ceiling(megabytes):
    """A group of processes that may use so much, as the words that put a process there; None where this machine has none."""
    name = f"faults.{os.getpid()}"
    for folder, limit in (("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")):
        group = os.path.join(folder, name)
        try:
            os.mkdir(group)
            with open(os.path.join(group, limit), "w") as file:
                file.write(str(megabytes << 20))
            return group, ("sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$@"', "sh")
        except OSError:
            with contextlib.suppress(OSError):
                os.rmdir(group)
    return None, ()


@fault("F20", "sixteen mails that are made to exhaust it, with 256 MB of memory")
def exhaustion(scene):
    group, words = memory_ceiling(256)
    if group:
        scene.stack.callback(lambda: until(lambda: remove_group(group), 10))
    scene.start(wrapper=words)
    slowest, worst, peak, deaths = 0, "", 0, 0
    for name, text in nasty_mails().items():
        scene.progress(name)
        scene.home.deliver(text.encode())
        took = scene.canary(60)
        if not scene.bot.is_alive:
            deaths += 1
            scene.start()
        elif (took or 999) > slowest:
            slowest, worst = took or 999, name
        peak = max(peak, scene.bot.of("VmHWM"))
    scene.seconds = slowest
    scene.check("deaths", deaths, "=", 0)
    scene.check(f"slowest canary ({worst})", slowest, "<=", 15, "s")
    scene.check("peak" if group else "peak, without a ceiling, which this machine has not,", peak, "<=", 256, "MB")
    until(lambda: not ground.files(scene.home.maildir, "new"), 60)
    scene.check("mails left", len(ground.files(scene.home.maildir, "new")), "=", 0)
    scene.account(WINDOW * deaths)


def remove_group(group):
    with contextlib.suppress(OSError):
        os.rmdir(group)
    return not os.path.exists(group)


@fault("F21", "mails with bytes of them changed at random")
def mutations(scene):
    corpus = sorted(glob.glob(os.path.join(ground.REPOSITORY, "tests", "ChatBot.Tests", "Corpus", "**", "*.eml"), recursive=True))
    mails = [content for path in corpus if len(content := open(path, "rb").read()) < 200_000]
    count = scene.size(200, 1000, 50_000)
    scene.start()
    chance = scene.random

    def mutated():
        content = bytearray(chance.choice(mails))
        for _ in range(chance.choice((1, 3, 10, 40))):
            at = chance.randrange(len(content))
            kind = chance.randrange(5)
            if kind == 0:
                content[at] = chance.randrange(256)
            elif kind == 1:
                del content[at:at + chance.randrange(1, 60)]
            elif kind == 2:
                content[at:at] = content[chance.randrange(len(content)):][:chance.randrange(1, 300)]
            elif kind == 3:
                content[at:at] = bytes(chance.choice(b"\r\n\0\x1b:;=?<>()[]\"\\,%&\xff") for _ in range(chance.randrange(1, 8)))
            elif len(content) > 200:
                del content[at:]
            if len(content) < 50:
                break
        return bytes(content)

    memory, slowest = [], 0
    for part in range(10):
        scene.progress(f"part {part + 1} of 10")
        for _ in range(count // 10):
            scene.home.deliver(mutated())
        slowest = max(slowest, scene.canary(60, machine="canary") or 999)
        until(lambda: not ground.files(scene.home.maildir, "new"), 120)
        memory.append((scene.bot.of("VmRSS"), scene.bot.descriptors()) if scene.bot.is_alive else (999, 999))
    scene.seconds = slowest
    scene.alive()
    scene.check("slowest canary", slowest, "<=", 10, "s")
    scene.check("mails left", len(ground.files(scene.home.maildir, "new")), "=", 0)
    scene.check("memory", memory[-1][0], "<=", round(memory_limit(memory[4][0])), "MB")
    scene.check("descriptors", memory[-1][1], "<=", memory[4][1] + 5)
    scene.settle(600)
    scene.account(0)


@fault("F22", "a day of real life, compressed: 20 events a second with flaps, questions and cuts")
def day(scene):
    seconds = scene.size(20, 120, 1200)
    scene.start()
    begin, number, samples, open_services, next_cut = time.monotonic(), 0, [], [], 13
    while (passed := time.monotonic() - begin) < seconds:
        scene.progress(f"{passed:.0f} of {seconds} s")
        number += 1
        event = number % 20
        if event == 0 and open_services:
            machine, service, at = open_services.pop(0)
            scene.home.deliver(ground.mail(machine, service, "OK", at=at + 1))
        elif event == 7:
            scene.irc.ask("alice", scene.random.choice(("status hal", "incidents", "machines", "since 1h", "help")))
        elif event in (9, 10, 11, 12):
            scene.home.deliver(ground.mail("web", f"FLAP{number % 5}", "OK" if event % 2 else "WARNING", at=time.time()))
        elif event == 15 and number % 3 == 0:
            machine = scene.random.choice(MACHINES)
            at = time.time()
            open_services.append((machine, scene.alert(machine, at=at), at))
        else:
            scene.irc.send(f":bob!bob@bob.example.net PRIVMSG {CHANNEL} :somebody says something about hal, number {number}")
        if passed > next_cut:
            scene.irc.cut()
            next_cut += 13
        if number % 20 == 0:
            samples.append((scene.bot.of("VmRSS"), scene.bot.descriptors(), scene.bot.of("Threads")))
        time.sleep(max(0, begin + number / 20 - time.monotonic()))
    third = len(samples) // 3
    middle, last = samples[third:2 * third], samples[2 * third:]
    middle, last = [[statistics.median(figures) for figures in zip(*part)] for part in (middle, last)]
    scene.alive()
    scene.settle()
    scene.account(scene.irc.connections * WINDOW)
    scene.check("memory", last[0], "<=", round(memory_limit(middle[0])), "MB")
    scene.check("descriptors", last[1], "<=", middle[1] + 5)
    scene.check("threads", last[2], "<=", middle[2] + 5)


absent("F23", "ssh hangs while changelog lines are written", "the bot writes no changelog by ssh")


@fault("F24", "the monitor's FIFO has no reader, then a file or a link stands in its place")
def fifo(scene):
    command, status = os.path.join(scene.work, "nagios.cmd"), os.path.join(scene.work, "status.dat")
    scene.home.more = f'[nagios]\ncommand_file = "{command}"\nstatus_file = "{status}"\n'

    def state():
        blocks = [f"info {{\n\tcreated={int(time.time())}\n\t}}\n", "hoststatus {\n\thost_name=hal\n\tcurrent_state=0\n\tstate_type=1\n\thas_been_checked=1\n\t}\n"]
        blocks += [f"servicestatus {{\n\thost_name=hal\n\tservice_description={token}\n\tcurrent_state=2\n\tstate_type=1\n\thas_been_checked=1\n"
                   f"\tcurrent_notification_number=1\n\tlast_state_change={int(time.time())}\n\t}}\n" for token in scene.tokens]
        scene.home.write("status.new", "".join(blocks))
        os.replace(status + "", status) if os.path.exists(status) else None
        os.replace(os.path.join(scene.work, "status.new"), status)

    def acknowledge():
        token = scene.alert(machine="hal")
        until(lambda: scene.is_heard(token), 20)
        state()
        number = scene.engine.rows(f"SELECT number FROM incident WHERE service = '{token}'")[0][0]
        return scene.irc.answer("alice", f"ack {number} 2h looking", f"#{number}", 20) is not None

    os.mkfifo(command)
    state()
    scene.start()
    slowest, acknowledged = 0, True
    impostor = os.path.join(scene.work, "impostor")
    for what in ("no reader", "file", "link", "gone"):
        scene.progress(what)
        if what != "no reader":
            os.remove(command)
        if what == "file":
            open(command, "w").close()
        elif what == "link":
            open(impostor, "w").close()
            os.symlink(impostor, command)
        acknowledged &= acknowledge()
        time.sleep(scene.size(1, 6))
        slowest = max(slowest, scene.canary(20, machine="hal") or 999)
        if what == "file":
            scene.check("bytes in the file", os.path.getsize(command), "=", 0)
    scene.check("bytes behind the link", os.path.getsize(impostor), "=", 0)
    scene.require("acknowledgements answered", acknowledged)
    scene.check("slowest canary", slowest, "<=", 10, "s")
    os.mkfifo(command)
    reader = os.open(command, os.O_RDONLY | os.O_NONBLOCK)
    heard = b""

    def read():
        nonlocal heard
        state()
        with contextlib.suppress(BlockingIOError):
            heard += os.read(reader, 1 << 16)
        return heard.count(b"ACKNOWLEDGE_SVC_PROBLEM") >= 4
    # It waits five minutes at most between two tries, and tries again at once when the monitor has written its state.
    scene.seconds = until(read, 60, 0.5)
    scene.check("orders with a reader again", heard.count(b"ACKNOWLEDGE_SVC_PROBLEM"), ">=", 4)
    os.close(reader)
    scene.alive()
    scene.account(None)


@fault("F25", "SIGTERM in the middle of many lines")
def stopped(scene):
    scene.start()
    slowest = 0
    for _ in range(scene.size(1, 5)):
        tokens = scene.alerts(80)
        until(lambda: any(token in line for line in scene.said() for token in tokens[:5]), 20, 0.002)
        code, took = scene.bot.stop()
        slowest = max(slowest, took)
        scene.check("exit code", code, "=", 0)
        scene.start()
    scene.figures = list(dict.fromkeys(scene.figures))
    scene.seconds = slowest
    scene.check("ended after", slowest, "<=", 10, "s")
    scene.check("QUIT", len(scene.irc.find("^QUIT")), "=", scene.size(1, 5))
    scene.settle()
    scene.account(0)


@fault("F26", "a broken configuration is read again, then a right one")
def reload(scene):
    scene.start()
    path = os.path.join(scene.work, "chatbot.toml")
    with open(path) as file:
        right = file.read()
    for broken in ('locale = "xx"\n' + right.split("\n", 1)[1], right + "\n[irc\n", "", right.replace("nick =", "nik ="), "\0" * 100, right + '\n[nowhere]\nx = 1\n'):
        before = scene.log().count("The previous one stays")
        scene.home.write("chatbot.toml", broken)
        scene.bot.signal(signal.SIGHUP)
        took = until(lambda: scene.log().count("The previous one stays") > before, 10)
        scene.require("refused, and says so", took is not None)
    scene.figures = list(dict.fromkeys(scene.figures))
    scene.require("answers", scene.answers())
    scene.check("canary", scene.canary(10), "<=", 10, "s")
    scene.home.write("chatbot.toml", right)
    with open(os.path.join(scene.work, "machines.toml"), "a") as file:
        file.write('[[machine]]\nname = "newest"\nabout = "of this morning"\n')
    scene.bot.signal(signal.SIGHUP)
    scene.seconds = until(lambda: "Configuration reloaded" in scene.log(), 10)
    scene.require("the right one is taken", scene.irc.answer("alice", "status newest", "newest"))
    scene.check("connections", scene.irc.connections, "=", 1)
    scene.settle()
    scene.account(0)


@fault("F27", "an upgrade that changes the schema, then a downgrade")
def versions(scene):
    if scene.engine.name == "SQLite":
        os.makedirs(scene.home.data, exist_ok=True)
        with sqlite3.connect(scene.engine.file) as first, open(os.path.join(ground.REPOSITORY, "tests", "ChatBot.Tests", "Storage", "testdata", "0001.sql")) as schema:
            first.executescript(schema.read())
            first.execute("INSERT INTO incident (machine, service, state, opened_at, told_state) VALUES ('hal', 'FIRST', 'CRITICAL', ?, 'CRITICAL')",
                          (int(time.time() * 1000) - 60_000,))
            first.execute("PRAGMA user_version = 1")
        first.close()
    scene.start()
    if scene.engine.name == "SQLite":
        scene.require("what the first version stored is there", scene.irc.answer("alice", "status hal", "FIRST CRITICAL"))
    scene.alerts(20)
    scene.settle()
    scene.account(0)
    scene.bot.stop()
    if scene.engine.name == "SQLite":
        with sqlite3.connect(scene.engine.file) as later:
            version = later.execute("PRAGMA user_version").fetchone()[0]
            later.execute(f"PRAGMA user_version = {version + 1}")
        later.close()
    else:
        scene.engine.rows("UPDATE schema_version SET version = version + 1")
    before = scene.engine.rows("SELECT number, service, state FROM incident ORDER BY number")
    scene.start(is_joined=False)
    begin = time.monotonic()
    until(lambda: not scene.bot.is_alive, 15)
    scene.seconds = time.monotonic() - begin
    scene.check("refused with exit code", scene.bot.process.poll(), "=", 75)
    scene.require("says that a later version made it", "made by a later version" in scene.log())
    scene.require("data kept", scene.engine.rows("SELECT number, service, state FROM incident ORDER BY number") == before)
    if scene.engine.name == "SQLite":
        with sqlite3.connect(scene.engine.file) as later:
            later.execute(f"PRAGMA user_version = {version}")
        later.close()
    else:
        scene.engine.rows("UPDATE schema_version SET version = version - 1")
    scene.start()
    scene.check("canary of the version that made it", scene.canary(10), "<=", 10, "s")


@fault("F28", "200 slow clients and hostile requests on the page")
def page(scene):
    needs_root()
    ours = "198.51.100.250"
    others = [f"198.51.100.{number}" for number in range(1, 41)]
    with ground.own_network(ours, *others):
        scene.irc = Ircd()
        scene.irc.start()
        scene.said = lambda: [line.line for line in scene.irc.said(CHANNEL)]
        scene.home.server, scene.home.listen = f"127.0.0.1:{scene.irc.port}", "0.0.0.0"
        scene.start()
        scene.home.listen = "127.0.0.1"
        slow = []

        def connect(number):
            client = socket.socket()
            client.bind((others[number % len(others)], 0))
            client.setblocking(False)
            client.connect_ex((ours, scene.home.web))
            return client

        hostile = [b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000 + b"\r\n", b"TRACE /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                   b"GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", b"POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"\0" * 5000,
                   b"POST /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n", b"GET /healthz HTTP/9.9\r\n\r\n",
                   b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /%00%0d%0aX:y HTTP/1.1\r\nHost: a\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /healthz\r\n"]
        pages, canaries, headers, last = [], [], True, 0.0
        begin = time.monotonic()
        while time.monotonic() - begin < scene.size(8, 40):
            scene.progress(f"{time.monotonic() - begin:.0f} s")
            while len(slow) < 200:
                slow.append(connect(len(slow)))
            for index, client in enumerate(list(slow)):
                with contextlib.suppress(BlockingIOError):
                    try:
                        client.send(b"GET /healthz HTTP/1.1\r\n"[:1] if index % 2 else b"X")
                    except OSError:
                        client.close()
                        slow.remove(client)
            for request in hostile:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", scene.home.web), 2) as client:
                    client.settimeout(0.2)
                    client.sendall(request)
                    client.recv(65536)
            asked = time.monotonic()
            for path in ("healthz", "metrics", "nothing"):
                status, _, got = scene.bot.page(path, 5)
                headers &= status != 0 and got.get("X-Content-Type-Options") == "nosniff" and "default-src 'none'" in got.get("Content-Security-Policy", "") and got.get("Cache-Control") == "no-store"
                pages.append(time.monotonic() - asked if status else 999.0)
                asked = time.monotonic()
            if time.monotonic() - last > 4:
                canaries.append(scene.canary(20) or 999.0)
                last = time.monotonic()
        for client in slow:
            client.close()
        scene.alive()
        scene.seconds = max(pages)
        scene.check("slowest page", max(pages), "<=", 2, "s")
        scene.check("slowest canary", max(canaries), "<=", 10, "s")
        scene.require("all headers on each answer", headers)
        with socket.socket() as other:
            other.bind((others[0], 0))
            other.settimeout(2)
            other.connect((ours, scene.home.web))
            other.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            scene.require("another address is served afterwards", other.recv(100).startswith(b"HTTP/1.1 200"))
        scene.settle(30)
        scene.account(0)


@fault("F29", "the IRC server's name fails, moves, and is IPv6 alone")
def names(scene):
    hosts = os.path.join(scene.work, "hosts")

    def resolve(address):
        scene.home.write("hosts.new", f"irc.faults.test {address}\n")
        os.replace(hosts + ".new", hosts)

    resolve("-")
    scene.home.server = f"irc.faults.test:{scene.irc.port}"
    scene.start(is_joined=False, env=scene.preload(HOSTS=hosts))
    time.sleep(scene.size(2, 8))
    scene.require("does not end at its start", scene.bot.is_alive)
    slowest, addresses = 0, ["127.0.0.1", "127.0.0.2"] + (["::1"] if socket.has_ipv6 and os.path.exists("/proc/net/if_inet6") else [])
    for address in addresses:
        scene.progress(address)
        if address != "127.0.0.1":
            resolve("-")
            scene.irc.kill()
            scene.alerts(5)
            time.sleep(scene.size(2, 8))
            scene.irc.address = address
            scene.irc.start()
        resolve(address)
        begin = time.monotonic()
        scene.irc.wait_joined(90)
        slowest = max(slowest, time.monotonic() - begin)
        scene.require(f"{address}: alerts", scene.canary(30) is not None)
    scene.seconds = slowest
    scene.check("in the channel after", slowest, "<=", 60, "s")
    scene.settle()
    scene.account(2 * WINDOW)


@fault("F30", "the power fails: only what was synced is left", ("SQLite", "PostgreSQL syncs its own files; it is killed in F14"))
def power_cut(scene):
    copies, rate = scene.size(40, 200), 60
    scene.start(env=scene.preload(DURABLE=scene.home.data))
    durable = scene.home.data + ".durable"
    image = scene.folder("image")
    unstored, broken, number, done = 0, 0, 0, threading.Event()
    acknowledged = 0

    def deliver():
        while not done.is_set():
            scene.alert()
            time.sleep(1 / rate)
    sender = threading.Thread(target=deliver)
    sender.start()
    try:
        while number < copies:
            time.sleep(scene.random.uniform(0.01, 0.1))
            number += 1
            scene.progress(f"copy {number} of {copies}")
            scene.bot.signal(signal.SIGSTOP)
            read = {token.decode() for name in ground.files(scene.home.maildir, "cur")
                    for token in re.findall(rb"^Service: (T\d+)", open(os.path.join(scene.home.maildir, "cur", name), "rb").read(), re.M)}
            shutil.rmtree(image)
            shutil.copytree(durable, image, ignore=shutil.ignore_patterns("*.draft", "*-shm"))
            # What was written and not synced may be on the disk as well: of half of the copies, of some of the files.
            for name in ("chatbot.db", "chatbot.db-wal"):
                if number % 2 and scene.random.random() < 0.5 and os.path.exists(os.path.join(scene.home.data, name)):
                    shutil.copy(os.path.join(scene.home.data, name), image)
            scene.bot.signal(signal.SIGCONT)
            file = os.path.join(image, "chatbot.db")
            with contextlib.closing(sqlite3.connect(file)) as store:
                try:
                    stored = {service for service, in store.execute("SELECT service FROM incident")}
                    broken += store.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
                except sqlite3.DatabaseError:
                    stored = set()
                    broken += 1
            acknowledged = max(acknowledged, len(read))
            unstored += len(read - stored)
    finally:
        done.set()
        sender.join()
    scene.check("copies", number, "=", copies)
    scene.check("mails read and not stored", unstored, "=", 0)
    scene.check("damaged copies", broken, "=", 0)
    scene.check("mails read at the last", acknowledged, ">=", copies // 4)
    spooled = lost = 0
    for index in range(scene.size(3, 20)):
        done = subprocess.run([scene.binary, "deliver", "--config", os.path.join(scene.work, "chatbot.toml")], input=ground.mail("hal", f"SPOOL{index}"),
                              capture_output=True, env={**os.environ, **scene.preload(DURABLE=scene.home.data)})
        spooled += done.returncode == 0
        lost += not any(f"SPOOL{index}".encode() in open(path, "rb").read() for path in glob.glob(os.path.join(durable, "spool", "new", "*")))
    scene.check("taken by chatbot deliver", spooled, "=", scene.size(3, 20))
    scene.check("of those not durable", lost, "=", 0)
    scene.settle()
    scene.account(0)
