"""The peer that the bot is measured beside: the chatops bot that a good engineer writes in an afternoon.

It joins, answers !status MACHINE from SQLite and says what arrives in a Maildir, looking every two seconds. It has no
reconnection, no rights, no queue that outlives it and no duplicates to drop.
"""
import os
import socket
import sqlite3
import sys
import time
from email import message_from_bytes

host, port, nick, channel, store, maildir = sys.argv[1:7]
rows = sqlite3.connect(store)
rows.execute("CREATE TABLE IF NOT EXISTS incident (number INTEGER PRIMARY KEY, machine TEXT, service TEXT, state TEXT)")
rows.execute("CREATE INDEX IF NOT EXISTS incident_machine ON incident (machine)")
irc = socket.create_connection((host, int(port)))
irc.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def send(line):
    irc.sendall(line.encode() + b"\r\n")


def status(machine):
    found = rows.execute("SELECT number, service, state FROM incident WHERE machine = ?", (machine,)).fetchall()
    return machine + ": " + (", ".join("%s %s #%d" % (s, t, n) for n, s, t in found) or "nothing wrong")


def look():
    for name in sorted(os.listdir(maildir + "/new")):
        with open(maildir + "/new/" + name, "rb") as file:
            mail = message_from_bytes(file.read())
        subject = mail["Subject"].replace("\n", "")
        with rows:
            rows.execute("INSERT INTO incident (machine, service, state) VALUES (?, ?, ?)", ("web", subject[-40:], "CRITICAL"))
        os.rename(maildir + "/new/" + name, maildir + "/cur/" + name + ":2,S")
        send("PRIVMSG %s :%s" % (channel, subject[:400]))


send("NICK " + nick)
send("USER bot 0 * :bot")
rest = b""
irc.settimeout(2)
while True:
    try:
        data = irc.recv(65536)
    except TimeoutError:
        look()
        continue
    if not data:
        break
    rest += data
    *lines, rest = rest.split(b"\r\n")
    for line in lines:
        words = line.decode(errors="replace").split(" ", 3)
        if words[0] == "PING":
            send("PONG " + words[1])
        elif words[1] == "001":
            send("JOIN " + channel)
        elif words[1] == "PRIVMSG" and words[3].startswith(":!status "):
            asker = words[0][1:].split("!")[0]
            send("PRIVMSG %s :%s" % (asker if words[2] == nick else words[2], status(words[3][9:])))
