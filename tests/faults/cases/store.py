"""The store: its disk, its locks, its file, its server, its schema, and the power."""
import contextlib
import glob
import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import ground
from fault import ANOTHER_PROCESS, ONE_PROCESS, fault, needs_root
from ground import until
from scene import WINDOW


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


@fault("F09s", "the bot starts while the disk of the store is full", ("SQLite", "of a full PostgreSQL the bot's start asks nothing; see F09"))
def start_on_a_full_disk(scene):
    needs_root()
    disk = scene.stack.enter_context(ground.small_disk(scene.folder("disk"), 16))
    scene.home.data = os.path.join(disk, "data")
    scene.start()
    scene.alerts(20)
    scene.settle()
    scene.bot.kill()
    ground.fill(disk)
    scene.alerts(10)
    scene.start()
    mentioned = until(lambda: scene.bot.page("healthz")[1].startswith("store: "), 20)
    scene.require("says so", mentioned is not None)
    scene.require("answers meanwhile", scene.answers())
    scene.alive()
    os.remove(os.path.join(disk, "ballast"))
    scene.seconds = scene.settle(60)
    scene.alive()
    scene.account(WINDOW)
    scene.require("integrity ok", scene.engine.integrity() == "ok")


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
