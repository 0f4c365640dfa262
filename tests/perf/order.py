"""Writes the names of the methods that a bot calls which starts, answers commands and announces mails, with TLS and without: one a line,
sorted.

The compiler lays those side by side (ChatBot.csproj), so that a bot at rest keeps some hundred pages of code in memory, and not one each few
methods. A name that is gone is passed over, a new method stands among the others: the list grows old slowly.
"""
import hashlib
import os
import re
import shutil
import ssl
import struct
import subprocess
import sys
import tempfile
import time

CALLED, SYMBOLS, LIST = sys.argv[6:9]
import measure
import ground

# The hash of a generated file's path: another in each folder where the bot is built.
OF_A_PATH = re.compile("[0-9A-F]{64}")
measure.COMMANDS, measure.SECONDS = 300, 2


def methods():
    """The names at each address where a managed method begins."""
    sections = subprocess.run(["readelf", "--sections", "--wide", SYMBOLS], capture_output=True, text=True).stdout.split()
    _, address, _, size = sections[sections.index("__managedcode") + 1:][:4]
    begin, end = int(address, 16), int(address, 16) + int(size, 16)
    names = {}
    for line in subprocess.run(["nm", SYMBOLS], capture_output=True, text=True, check=True).stdout.splitlines():
        address, _, name = line.split(maxsplit=2) if line[0] != " " else ("0", "", "")
        if begin <= int(address, 16) < end and not OF_A_PATH.search(name):
            names.setdefault(int(address, 16), []).append(name)
    return names


def certificate(root):
    """The files of a new certificate and its key, and its SHA-256."""
    files = os.path.join(root, "certificate"), os.path.join(root, "key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-out", files[0], "-keyout", files[1]],
                   stderr=subprocess.DEVNULL, check=True)
    with open(files[0]) as file:
        return *files, hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read())).hexdigest()


def called_by(bot, port, watcher, breakpoints):
    """The addresses of the methods that this bot calls."""
    called, command = os.path.join(bot.work, "called"), bot.command()
    bot.command = lambda: ["env", f"LD_PRELOAD={CALLED}", f"CALLED_IN={breakpoints}", f"CALLED_OUT={called}", *command]
    bot.start()
    time.sleep(4)
    measure.one_by_one(bot, watcher)
    measure.at_once(bot, port, watcher)
    measure.mails(bot, watcher)
    bot.stop()
    with open(called, "rb") as file:
        count, = struct.unpack("I", file.read(4))
        return struct.unpack(f"{count}I", file.read(4 * count))


def main():
    root = tempfile.mkdtemp()
    os.chmod(root, 0o755)
    names = methods()
    breakpoints = os.path.join(root, "breakpoints")
    with open(breakpoints, "w") as file:
        file.writelines(f"{address:x}\n" for address in (min(names), max(names), *names))
    addresses = set()
    try:
        public, key, fingerprint = certificate(root)
        secure = ground.free_port()
        server = ground.Ngircd(root, f"MaxPenaltyTime = 0\n[SSL]\nCertFile = {public}\nKeyFile = {key}\nPorts = {secure}",
                               {"LD_PRELOAD": measure.NO_DELAY})
        watcher = measure.Irc(server.port, "watcher")
        for port, security in (server.port, "tls = false"), (secure, f'tls = true\ntls_fingerprint = "{fingerprint}"'):
            bot = measure.Bot(tempfile.mkdtemp(dir=root), port, watcher)
            bot.security = security
            addresses.update(called_by(bot, server.port, watcher, breakpoints))
        server.kill()
    finally:
        shutil.rmtree(root)
    with open(LIST, "w") as file:
        file.writelines(name + "\n" for name in sorted(name for address in addresses for name in names[address]))
    print(f"{len(addresses)} of {len(names)} methods were called")


main()
