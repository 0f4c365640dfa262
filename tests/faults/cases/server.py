"""The IRC server dies, freezes, is slow, throws out who floods, lies, and moves."""
import os
import socket
import subprocess
import time

import ground
from fault import fault, memory_limit, needs_root, on_ngircd
from ground import CHANNEL, NICK, until
from ircd import ECHOING, PLAIN, Ircd
from scene import WINDOW


@fault("F02", "the IRC server dies five times with what lies in its sockets")
def dead_servers(scene):
    scene.start()
    deaths = scene.size(2, 5)
    slowest = 0
    for death in range(deaths):
        # The bot has its proof from a PONG, or from the echo of its line.
        scene.irc.caps = (ECHOING, PLAIN)[death % 2]
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


@fault("F03v", "the network is gone for a minute, without a word")
def void(scene):
    needs_root()
    with ground.own_network():
        scene.irc = Ircd()
        scene.irc.start()
        scene.said = lambda: [line.line for line in scene.irc.said(CHANNEL)]
        scene.home.server = f"127.0.0.1:{scene.irc.port}"
        scene.start()
        scene.alerts(5)
        scene.settle()
        before = len(scene.said())
        subprocess.run(["ip", "link", "set", "lo", "down"], check=True)
        scene.alerts(20)
        time.sleep(scene.size(8, 75))
        scene.alerts(5)
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        scene.seconds = until(lambda: all(any(token in told for told in scene.mentioned(before)) for token in scene.tokens[5:]), 120, 0.2)
        scene.check("all said after", scene.seconds, "<=", 60, "s")
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
