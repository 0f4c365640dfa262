"""The list of faults, and what several of them need."""
import collections

import ground
from scene import Skipped

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
