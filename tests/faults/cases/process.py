"""The bot itself dies, is stopped, reads its configuration again, and lives for a day."""
import contextlib
import os
import signal
import sqlite3
import statistics
import threading
import time

import ground
from fault import fault, memory_limit, on_ngircd
from ground import CHANNEL, MACHINES, until
from scene import WINDOW


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


@fault("F01e", "the bot is killed again and again while problems begin and end")
def kills_between_ends(scene):
    problems, seconds, deaths = scene.size((60, 5, 3), (500, 40, 15))
    # Each but the last ones ends when five more have begun: every second one for good, the others in vain.
    lasting = {f"T{number:05}" for number in range(problems) if number % 2 or number + 5 >= problems}

    def deliver():
        for number in range(problems):
            time.sleep(max(0, begin + number * seconds / problems - time.monotonic()))
            at = start + 2 * number
            scene.alert(at=at)
            if number >= 5 and f"T{number - 5:05}" not in lasting:
                scene.home.deliver(ground.mail(MACHINES[(number - 5) % len(MACHINES)], f"T{number - 5:05}", "OK", at=at + 1))

    scene.start(is_joined=False)
    begin, start = time.monotonic(), time.time() - 2 * problems
    sender = threading.Thread(target=deliver)
    sender.start()
    for death in range(deaths):
        time.sleep(scene.random.uniform(0, 2 * seconds / deaths))
        scene.progress(f"killed {death + 1} of {deaths} times")
        scene.bot.kill()
        scene.start(is_joined=False)
    sender.join()
    scene.seconds = scene.settle(120)
    held_back = scene.held_back()
    scene.require("only what had ended was held back", not held_back & lasting)
    scene.account(deaths * WINDOW, held_back)
    still = {service for service, in scene.engine.rows("SELECT service FROM incident WHERE closed_at IS NULL")}
    scene.check("in the wrong state", len(still ^ lasting), "=", 0)
    ends = " ".join(line for line in scene.said() if " OK" in line or "ended" in line or "recovered" in line)
    scene.check("ends not said", len([told for told in scene.tokens if told not in ends and told not in lasting | held_back]), "=", 0)



@fault("F22", "a day of real life, compressed: 20 events a second with flaps, questions and cuts")
def day(scene):
    # Who is cut off again within two minutes waits twice as long each time before it connects, as networks want it.
    seconds, cut_each = scene.size((20, 8), (120, 40), (1200, 150))
    scene.start()
    begin, number, samples, open_services, next_cut = time.monotonic(), 0, [], [], cut_each
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
            next_cut += cut_each
        if number % 20 == 0:
            samples.append((scene.bot.of("VmRSS"), scene.bot.descriptors(), scene.bot.of("Threads")))
        time.sleep(max(0, begin + number / 20 - time.monotonic()))
    third = len(samples) // 3
    middle, last = samples[third:2 * third], samples[2 * third:]
    middle, last = [[statistics.median(figures) for figures in zip(*part)] for part in (middle, last)]
    scene.alive()
    scene.settle()
    held_back = scene.held_back() & set(scene.tokens)
    scene.account(scene.irc.connections * WINDOW, held_back)
    scene.check("ended before their line", len(held_back), "<=", max(2, len(scene.tokens) // 20))
    scene.check("memory", last[0], "<=", round(memory_limit(middle[0])), "MB")
    scene.check("descriptors", last[1], "<=", middle[1] + 5)
    scene.check("threads", last[2], "<=", middle[2] + 5)


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


@fault("F25s", "SIGTERM while the store does not answer")
def stopped_without_a_store(scene):
    scene.start()
    scene.alerts(10)
    scene.settle()
    with contextlib.ExitStack() as held:
        if scene.engine.name == "SQLite":
            other = sqlite3.connect(scene.engine.file, isolation_level=None)
            held.callback(other.close)
            other.execute("BEGIN IMMEDIATE")
        else:
            held.callback(scene.engine.signal_all, signal.SIGCONT)
            scene.engine.signal_all(signal.SIGSTOP)
        scene.alerts(10)
        time.sleep(1)
        code, scene.seconds = scene.bot.stop(30)
    scene.check("exit code", code, "=", 0)
    scene.check("ended after", scene.seconds, "<=", 10, "s")
    scene.start()
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
