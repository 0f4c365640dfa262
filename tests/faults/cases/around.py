"""What stands around the bot: its log, its clock, the monitor, people on its page."""
import contextlib
import fcntl
import mmap
import os
import signal
import socket
import struct
import time

import ground
from fault import absent, fault, needs_root
from ground import CHANNEL, until
from ircd import Ircd


@fault("F10", "the log's disk is full, then nobody reads the log")
def full_log(scene):
    needs_root()
    disk = scene.stack.enter_context(ground.small_disk(scene.folder("logs"), 1))
    for _ in range(2 if scene.sizes != "short" else 1):
        with open(os.path.join(disk, "log"), "ab") as log:
            scene.start(output=log)
        ground.fill(disk)
        # It has much to say of a configuration with a mistake, and nowhere to write it.
        path = os.path.join(scene.work, "chatbot.toml")
        right = open(path).read()
        for text in ("x = 1\n", right):
            scene.home.write("chatbot.toml", text)
            scene.bot.signal(signal.SIGHUP)
            time.sleep(0.5)
        scene.seconds = scene.canary(10)
        scene.check("canary, disk full", scene.seconds, "<=", 10, "s")
        scene.alive()
        with open(os.path.join(disk, "log"), "ab") as log:
            second = ground.Bot(scene.home, scene.binary, output=log)
            until(lambda: not second.is_alive, 10)
            scene.check("exit code of a second bot", second.kill(), "=", 75)
        scene.check("exit code", scene.bot.stop()[0], "=", 0)
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


absent("F19", "the gateway of text messages fails", "the bot sends no text messages")


@fault("F23", "ssh hangs, is cut off, fails, is slow and loses its answer while changelog lines are written")
def ssh(scene):
    sshd = ground.Sshd(scene.folder("ssh"))
    scene.stack.callback(sshd.kill)
    sshd.start()
    scene.home.more = f'[changelog]\nssh_config = "{sshd.configuration}"\nknown_hosts = "{sshd.known_hosts}"\n'
    scene.start()
    slowest, latest, written = 0, 0, []

    def waiting():
        return scene.engine.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'changelog' AND done_at IS NULL")[0][0]

    def log():
        written.append(f"entry {len(written)}.")
        return scene.irc.answer("alice", f"log sud {written[-1]}", "sud", 20) is not None

    def is_there(entry):
        return any(entry in line for line in sshd.lines())

    for what in ("hangs", "cut off", "full", "slow", "lost")[:scene.size(1, 5)]:
        scene.progress(what)
        stranger, before = None, sshd.tries()
        if what in ("hangs", "cut off"):
            sshd.kill()
            stranger = ground.Stranger(sshd.port, hangs=what == "hangs")
            scene.stack.callback(stranger.close)
        else:
            sshd.be(what)
        scene.require(f"{what}: taken", log() and log())
        slowest = max(slowest, scene.canary(20) or 999)
        # The page counts them each minute.
        scene.require(f"{what}: they wait, and the page shows it", waiting() == 2 and until(lambda: scene.bot.metric("chatbot_outbox_pending"), 70))
        scene.require(f"{what}: tried", until(lambda: stranger.connections if stranger else sshd.tries() > before, 60))
        if what == "lost":
            scene.require("lost: appended, and not known to be", until(lambda: is_there(written[-2]), 60) and waiting() == 2)
        slowest = max(slowest, scene.canary(20) or 999)
        sshd.be("well")
        if stranger:
            stranger.close()
            sshd.start()
        begin = time.monotonic()
        # A reload has it tried at once.
        scene.bot.signal(signal.SIGHUP)
        scene.require(f"{what}: appended", until(lambda: waiting() == 0, 120) and is_there(written[-1]))
        latest = max(latest, time.monotonic() - begin)
    scene.seconds = latest
    scene.check("slowest canary", slowest, "<=", 10, "s")
    scene.check("appended after", latest, "<=", 120, "s")
    scene.check("appended twice", sum(sum(entry in line for line in sshd.lines()) > 1 for entry in written), "=", 0)
    scene.check("in order", [entry for line in sshd.lines() for entry in written if entry in line] == written, "=", True)
    scene.alive()
    scene.settle(30)
    scene.account(0)


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
