"""Writes the names of the methods that a bot calls which starts, answers commands and announces mails: one a line, sorted.

The compiler lays those side by side (ChatBot.csproj), so that a bot at rest keeps some hundred pages of code in memory, and not one each few
methods. A name that is gone is passed over, a new method stands among the others: the list grows old slowly.
"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time

CALLED, SYMBOLS, LIST = sys.argv[6:9]
import measure

measure.COMMANDS, measure.SECONDS = 300, 2


def methods():
    """The names at each address where a managed method begins."""
    sections = subprocess.run(["readelf", "--sections", "--wide", SYMBOLS], capture_output=True, text=True).stdout.split()
    _, address, _, size = sections[sections.index("__managedcode") + 1:][:4]
    begin, end = int(address, 16), int(address, 16) + int(size, 16)
    names = {}
    for line in subprocess.run(["nm", SYMBOLS], capture_output=True, text=True, check=True).stdout.splitlines():
        address, _, name = line.split(maxsplit=2) if line[0] != " " else ("0", "", "")
        if begin <= int(address, 16) < end:
            names.setdefault(int(address, 16), []).append(name)
    return names


def main():
    root = tempfile.mkdtemp()
    os.chmod(root, 0o755)
    names = methods()
    breakpoints, called = os.path.join(root, "breakpoints"), os.path.join(root, "called")
    with open(breakpoints, "w") as file:
        file.writelines(f"{address:x}\n" for address in (min(names), max(names), *names))
    try:
        with measure.ngircd(root) as port:
            watcher = measure.Irc(port, "watcher")
            bot = measure.Bot(root, port, watcher)
            command = bot.command()
            bot.command = lambda: ["env", f"LD_PRELOAD={CALLED}", f"CALLED_IN={breakpoints}", f"CALLED_OUT={called}", *command]
            bot.start()
            time.sleep(4)
            measure.one_by_one(bot, watcher)
            measure.at_once(bot, port, watcher)
            measure.mails(bot, watcher)
            bot.stop()
        with open(called, "rb") as file:
            count, = struct.unpack("I", file.read(4))
            addresses = struct.unpack(f"{count}I", file.read(4 * count))
    finally:
        shutil.rmtree(root)
    with open(LIST, "w") as file:
        file.writelines(name + "\n" for name in sorted(name for address in addresses for name in names[address]))
    print(f"{count} of {len(names)} methods were called")


main()
