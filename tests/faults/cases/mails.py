"""Mailboxes that fail, and mails that are too many, never the same, or made to do harm."""
import contextlib
import glob
import os
import signal
import time

import ground
from fault import fault, memory_limit, needs_root
from ground import until
from scene import WINDOW


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


@fault("F08k", "the bot is killed again and again while it reads from Dovecot")
def kills_at_the_mailbox(scene):
    needs_root()
    dovecot = ground.Dovecot(scene.folder("mail"))
    scene.stack.callback(dovecot.kill)
    scene.home.sources = dovecot.source(scene.home)
    deaths = scene.size(3, 15)
    for death in range(deaths):
        scene.progress(f"killed {death} of {deaths} times")
        scene.start(is_joined=False)
        for _ in range(30):
            scene.alert(folder=dovecot.inbox)
            time.sleep(scene.random.uniform(0, 0.06))
        scene.bot.kill()
    begin = time.monotonic()
    scene.start()
    until(lambda: dovecot.left() == 0, 120)
    scene.settle()
    scene.seconds = time.monotonic() - begin
    scene.account(deaths * WINDOW)
    scene.check("left unread", dovecot.left(), "=", 0)


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
