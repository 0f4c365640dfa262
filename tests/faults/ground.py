"""What a fault happens to: the bot as a process, its store, the servers around it, and the mails, of which every one is counted."""
import contextlib
import ctypes
import getpass
import glob
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from email.utils import formatdate


REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MACHINES = ("hal", "sud", "coordsud", "sql", "filer", "webmail", "web", "www2")
CHANNEL, NICK = "#faults", "globot"
IS_ROOT = os.getuid() == 0
BIN = max(glob.glob("/usr/lib/postgresql/*/bin"), default="")


def progress(text):
    if sys.stderr.isatty():
        print("\r\033[K" + text, end="", file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, patience, step=0.05):
    """Seconds until the condition was true, or None."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > patience:
            return None
        time.sleep(step)
    return time.monotonic() - begin


def maildir(path, mode=0o700):
    for folder in ("", "tmp", "new", "cur"):
        os.makedirs(os.path.join(path, folder), exist_ok=True)
        os.chmod(os.path.join(path, folder), mode)
    return path


def deliver(folder, name, content):
    """As a local delivery agent does: written under tmp, moved into new, for whoever reads it there."""
    draft = os.path.join(folder, "tmp", name)
    with open(draft, "wb") as file:
        file.write(content)
    os.chmod(draft, 0o666)
    os.rename(draft, os.path.join(folder, "new", name))


def mail(machine, service, state="CRITICAL", at=None, output="connect to address 10.0.1.11 and port 110: Connection refused"):
    """What Nagios 4's stock command mails, as Postfix stores it."""
    at = time.time() if at is None else at
    kind = "RECOVERY" if state == "OK" else "PROBLEM"
    return f"""Return-Path: <nagios@sud.globenet.org>
Delivered-To: root@globenet.org
Received: by sud.globenet.org (Postfix, from userid 111)
\tid {random.getrandbits(48):012X}; {formatdate(at)}
To: root@globenet.org
Subject: ** {kind} Service Alert: {machine}/{service} is {state} **
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: 8bit
Message-Id: <{service}.{state}.{at:.6f}@sud.globenet.org>
Date: {formatdate(at)}
From: nagios@sud.globenet.org

***** Nagios *****

Notification Type: {kind}

Service: {service}
Host: {machine}
Address: 10.0.1.11
State: {state}

Date/Time: {time.strftime("%a %b %d %H:%M:%S UTC %Y", time.gmtime(at))}

Additional Info:

{output}
""".encode()


def files(*path):
    folder = os.path.join(*path)
    return os.listdir(folder) if os.path.isdir(folder) else []


class Server:
    """A program of Debian's in a folder of its own."""

    process = None

    def launch(self, *words, env=None, user=None):
        if user and IS_ROOT:
            words = ("setpriv", f"--reuid={user}", "--regid=nogroup", "--clear-groups", *words)
        with open(os.path.join(self.work, "output"), "ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env, cwd="/", start_new_session=True)

    def is_listening(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def pids(self):
        """It and its descendants, whatever session they made for themselves."""
        found, parents = [], {}
        for path in glob.glob("/proc/[0-9]*/stat"):
            with contextlib.suppress(OSError), open(path) as file:
                pid, rest = file.read().split(" ", 1)
                parents.setdefault(int(rest.rsplit(")", 1)[1].split()[1]), []).append(int(pid))
        waiting = [self.process.pid] if self.process and self.process.poll() is None else []
        while waiting:
            found.append(waiting.pop())
            waiting.extend(parents.get(found[-1], []))
        return found

    def signal_all(self, number):
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self):
        if self.process:
            self.signal_all(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            pass
        self.kill()


class Ngircd(Server):
    """`limits`: lines of its [Limits]; `env`: its environment, or None for ours."""

    def __init__(self, work, limits="", env=None):
        self.work, self.port, self.env = work, free_port(), env
        owner = "ServerUID = root\nServerGID = root\n" if IS_ROOT else ""
        with open(os.path.join(work, "ngircd.conf"), "w") as file:
            file.write(f"[Global]\nName = ngircd.test\nInfo = test\nListen = 127.0.0.1\nPorts = {self.port}\nMotdPhrase = test\nAdminInfo1 = test\n{owner}"
                       f"[Limits]\nMaxConnectionsIP = 0\nMaxNickLength = 30\n{limits}\n[Options]\nDNS = no\nIdent = no\nPAM = no\n")
        self.start()

    def start(self):
        self.launch("/usr/sbin/ngircd", "-n", "-f", os.path.join(self.work, "ngircd.conf"), env=self.env)
        until(self.is_listening, 10)


class Watcher:
    """A person in a channel of a real server, who notes what is said; asked for like the scripted server's record."""

    def __init__(self, port):
        self.port, self.lines, self.rest = port, [], b""
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.sendall(f"NICK watcher\r\nUSER watcher 0 * :watcher\r\nJOIN {CHANNEL}\r\n".encode())
        self.socket.settimeout(0.05)
        self.rest = b""
        until(lambda: self.read() or any(" 366 " in line for line in self.lines[-20:]), 10)

    def read(self):
        with contextlib.suppress(TimeoutError, ConnectionError):
            while data := self.socket.recv(1 << 16):
                *lines, self.rest = (self.rest + data).split(b"\r\n")
                for line in lines:
                    if line.startswith(b"PING "):
                        self.socket.sendall(b"PONG " + line[5:] + b"\r\n")
                    self.lines.append(line.decode(errors="replace"))

    def said(self):
        self.read()
        start = re.compile(rf":{NICK}\S* PRIVMSG {CHANNEL} :")
        return [line[match.end():] for line in self.lines if (match := start.match(line))]


class Dovecot(Server):
    """IMAP without TLS on loopback; version 2.3 (Debian 12)."""

    def __init__(self, work):
        self.work, self.port = os.path.join(work, "dovecot"), free_port()
        self.inbox = maildir(os.path.join(self.work, "mail"), 0o777)
        for path in (work, self.work):
            os.chmod(path, 0o777)
        with open(os.path.join(self.work, "users"), "w") as file:
            file.write("globot:{PLAIN}correct horse::::::\n")
        with open(os.path.join(self.work, "dovecot.conf"), "w") as file:
            file.write(f"""base_dir = {self.work}/run
log_path = {self.work}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{self.inbox}
mailbox_idle_check_interval = 1 secs
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {self.work}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={self.work}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service auth {{
  user = root
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
""")
        self.start()

    def start(self):
        # Killed, it leaves sockets that answer until the last of its processes is gone; it does not start then.
        for _ in range(20):
            self.launch("/usr/sbin/dovecot", "-F", "-c", os.path.join(self.work, "dovecot.conf"))
            until(lambda: self.is_listening() or self.process.poll() is not None, 10)
            if self.process.poll() is None:
                return
            time.sleep(0.2)
        raise AssertionError("Dovecot does not start")

    def source(self, home):
        home.write("imap.password", "correct horse\n", 0o600)
        return (f'[[mail.sources]]\nkind = "imap"\nhost = "127.0.0.1"\nport = {self.port}\ntls = false\nuser = "globot"\n'
                'password_file = "imap.password"\nprocessed_folder = "Seen"\nclosed = true\n')

    def left(self):
        return len(files(self.inbox, "new")) + len(files(self.inbox, "cur"))


class Sqlite:
    name = "SQLite"

    def __init__(self, home):
        self.file = os.path.join(home.data, "chatbot.db")
        self.configuration = ""

    def rows(self, sql, file=None):
        if not os.path.exists(file or self.file):
            return []
        connection = sqlite3.connect(f"file:{file or self.file}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise
        finally:
            connection.close()

    def integrity(self):
        return self.rows("PRAGMA integrity_check")[0][0]

    def close(self):
        pass


class Postgres(Server):
    """A cluster of its own, and one database of it."""

    name = "PostgreSQL"

    def __init__(self, work):
        self.work, self.port = work, free_port()
        os.chmod(work, 0o777)
        self.data = os.path.join(work, "cluster")
        user = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") if IS_ROOT else ()
        subprocess.run([*user, BIN + "/initdb", "--pgdata", self.data, "--username", "chatbot", "--auth", "trust", "--encoding", "UTF8",
                        "--no-locale", "--no-sync"], check=True, cwd="/", stdout=subprocess.DEVNULL)
        self.start()
        self.rows("CREATE DATABASE chatbot", "postgres")
        # By its Unix socket, which is there in a network of its own too.
        self.configuration = f'[storage]\nprovider = "postgresql"\nconnection = "Host={work};Port={self.port};Username=chatbot;Database=chatbot"\n'

    def start(self):
        self.launch(BIN + "/postgres", "-D", self.data, "-k", self.work, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
                    "-c", "wal_recycle=off", "-c", "min_wal_size=32MB", "-c", "max_wal_size=64MB", user="nobody")
        until(lambda: self.psql("SELECT 1").returncode == 0, 60)

    def psql(self, sql, database="postgres"):
        return subprocess.run(["psql", "-XAtq", "-F", "\t", "-h", self.work, "-p", str(self.port), "-U", "chatbot", "-d", database, "-c", sql],
                              capture_output=True, text=True)

    def rows(self, sql, database="chatbot"):
        done = self.psql(sql, database)
        if done.returncode and "does not exist" not in done.stderr:
            raise RuntimeError(done.stderr)
        return [tuple(int(cell) if cell.isdigit() else cell for cell in line.split("\t")) for line in done.stdout.splitlines()]

    def integrity(self):
        return "ok"

    def close(self):
        if self.process:
            self.stop(signal.SIGINT)


class Sshd(Server):
    """A machine of which the bot may append to the changelog and nothing else; `how` says what becomes of that."""

    def __init__(self, work):
        self.work, self.port = work, free_port()
        self.changelog, self.key = os.path.join(work, "changelog"), os.path.join(work, "key")
        for name in ("host", "key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(work, name)], check=True)
        with open(os.path.join(REPOSITORY, "packaging", "changelog-append")) as file:
            program = file.read().replace("\nchangelog=/root/changelog\n", f"\nchangelog={self.changelog}\n")
        self.write("append", program)
        # Where the answer is lost, what was asked for is done: the bot cannot know that.
        gate = self.write("gate", f"""#!/bin/sh
echo >> {work}/tries
case $(cat {work}/how) in
    slow) sleep 8 ;;
    lost) {work}/append > /dev/null; kill -9 $PPID; exit 1 ;;
    full) exit 1 ;;
esac
exec {work}/append
""")
        self.be("well")
        with open(self.key + ".pub") as file:
            self.write("authorized_keys", f'restrict,command="{gate}" {file.read()}')
        self.write("sshd_config", f"ListenAddress 127.0.0.1:{self.port}\nHostKey {work}/host\nAuthorizedKeysFile {work}/authorized_keys\nStrictModes no\n"
                   "UsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPidFile none\n")
        self.configuration = self.write("config", f"Host sud\n    HostName 127.0.0.1\n    Port {self.port}\n    User {getpass.getuser()}\n"
                                        f"    IdentityFile {self.key}\n    IdentitiesOnly yes\n")
        with open(os.path.join(work, "host.pub")) as file:
            self.known_hosts = self.write("known_hosts", f"[127.0.0.1]:{self.port} {file.read()}")

    def write(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, 0o755 if text.startswith("#!") else 0o600)
        return path

    def be(self, how):
        self.write("how", how)

    def tries(self):
        with contextlib.suppress(FileNotFoundError), open(os.path.join(self.work, "tries")) as file:
            return len(file.readlines())
        return 0

    def start(self):
        if IS_ROOT:
            os.makedirs("/run/sshd", exist_ok=True)
        self.launch("/usr/sbin/sshd", "-D", "-e", "-f", os.path.join(self.work, "sshd_config"))
        if not until(self.is_listening, 10):
            raise AssertionError("sshd does not listen")

    def lines(self):
        with contextlib.suppress(FileNotFoundError), open(self.changelog) as file:
            return file.read().splitlines()
        return []


class Stranger:
    """Stands on a server's port in its place: says nothing, and `hangs` or closes what connects."""

    def __init__(self, port, hangs):
        self.hangs, self.connections = hangs, []
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                self.connections.append(self.listener.accept()[0])
                if not self.hangs:
                    self.connections[-1].close()

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        for one in (self.listener, *self.connections):
            one.close()


class Home:
    """The folder of one bot: its configuration and its data, which outlive its processes."""

    def __init__(self, work, port, engine):
        self.work, self.port = work, port
        self.data = os.path.join(work, "data")
        self.maildir = maildir(os.path.join(work, "Maildir"))
        self.web = free_port()
        self.listen = "127.0.0.1"
        self.server = f"127.0.0.1:{port}"
        self.sources = f'[[mail.sources]]\nkind = "maildir"\npath = "{self.maildir}"\nclosed = true\n'
        self.group_wait, self.pace, self.nick, self.more = "0s", "off", NICK, ""
        self.log = os.path.join(work, "log")
        self.engine = Postgres(os.path.join(work, "postgres")) if engine == "PostgreSQL" and not os.makedirs(os.path.join(work, "postgres")) else Sqlite(self)
        self.count = 0

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.work, name)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def configure(self):
        for name in ("machines.toml", "people.toml", "welcome.fr.md", "welcome.en.md"):
            shutil.copy(os.path.join(REPOSITORY, "config", name), self.work)
        with open(os.path.join(self.work, "machines.toml")) as file:
            machines = file.read()
        self.write("machines.toml", machines.replace("file:/var/lib/chatbot/sud.changelog", "ssh:sud")
                   + '\n[[machine]]\nname = "canary"\nabout = "nothing depends on it"\n')
        self.engine.file = os.path.join(self.data, "chatbot.db")
        return self.write("chatbot.toml", f"""locale = "en"
timezone = "Europe/Paris"
data = "{self.data}"
machines = "machines.toml"
people = "people.toml"
[irc]
servers = ["{self.server}"]
tls = false
nick = "{self.nick}"
pace = "{self.pace}"
[[irc.channels]]
name = "{CHANNEL}"
audience = "public"
[mail]
{self.sources}
[speech]
group_wait = "{self.group_wait}"
group_interval = "0s"
{self.engine.configuration}
[web]
listen = "{self.listen}:{self.web}"
{self.more}
""")

    def deliver(self, content, folder=None):
        self.count += 1
        deliver(folder or self.maildir, f"{int(time.time())}.M{self.count:06}P1.faults", content)


class Bot:
    """One process of the bot, in a group of its own."""

    def __init__(self, home, binary, env=None, output=None, wrapper=()):
        self.home = home
        log = output if output is not None else open(home.log, "ab")
        self.process = subprocess.Popen([*wrapper, binary, "run", "--config", os.path.join(home.work, "chatbot.toml")], stdin=subprocess.DEVNULL,
                                        stdout=log, stderr=log, env={**os.environ, **(env or {})}, start_new_session=True)
        if output is None:
            log.close()
        self.pid = self.process.pid

    @property
    def is_alive(self):
        return self.process.poll() is None

    def signal(self, number):
        os.killpg(self.pid, number)

    def kill(self):
        if self.is_alive:
            self.signal(signal.SIGKILL)
        return self.process.wait()

    def stop(self, patience=20):
        """Its exit code and how many seconds it took; what takes too long is killed and has the code None."""
        begin = time.monotonic()
        if self.is_alive:
            self.process.terminate()
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            code = None
        return code, time.monotonic() - begin

    def page(self, path, patience=10):
        """Status, text and headers; status 0 where there is no answer."""
        try:
            with urllib.request.urlopen(f"http://{self.home.listen}:{self.home.web}/{path}", timeout=patience) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers
        except OSError as error:
            return 0, str(error), {}

    def metric(self, name):
        """The sum over its labels, or None where nobody answers."""
        status, text, _ = self.page("metrics")
        if status != 200:
            return None
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if re.match(rf"{name}(\{{| )", line))

    def of(self, key):
        """A figure of the kernel's about the process: VmRSS and VmHWM in MB, Threads."""
        with open(f"/proc/{self.pid}/status") as file:
            number = next(int(line.split()[1]) for line in file if line.startswith(key + ":"))
        return number / 1024 if key.startswith("Vm") else number

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


@contextlib.contextmanager
def small_disk(path, megabytes):
    """A tmpfs that can be filled."""
    os.makedirs(path, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", path], check=True)
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", path])


def fill(path):
    with contextlib.suppress(OSError), open(os.path.join(path, "ballast"), "ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))


@contextlib.contextmanager
def own_network(*addresses):
    """This thread, and what it starts, in a network of its own, which has loopback and these addresses alone."""
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    if libc.unshare(0x40000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    try:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        for address in addresses:
            subprocess.run(["ip", "address", "add", address + "/32", "dev", "lo"], check=True)
        yield
    finally:
        libc.setns(before, 0)
        os.close(before)
