"""Two PostgreSQL servers, of which the one that takes writes dies and the other one takes its place."""
import os
import signal
import subprocess
import time

import ground
from cases.standby import TWO, Pair, Relay
from fault import fault
from ground import until
from scene import WINDOW


class Replica(ground.Postgres):
    """A copy of a server, which follows it by a port of its own until it is promoted."""

    def __init__(self, primary, work, port):
        self.work, self.port, self.data = work, ground.free_port(), os.path.join(work, "cluster")
        os.chmod(work, 0o777)
        user = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") if ground.IS_ROOT else ()
        subprocess.run([*user, ground.BIN + "/pg_basebackup", "--pgdata", self.data, "--write-recovery-conf", "--no-sync", "--checkpoint=fast",
                        "--dbname", f"host=127.0.0.1 port={port} user=chatbot application_name=replica"], check=True, cwd="/")
        self.start()
        if until(lambda: primary.rows("SELECT COUNT(*) FROM pg_stat_replication WHERE state = 'streaming'") == [(1,)], 30) is None:
            raise AssertionError("the replica does not follow")

    def promote(self):
        self.rows("SELECT CASE WHEN pg_promote() THEN 1 ELSE 0 END", "postgres")


def fail_over(scene, way, settings=(), lag=0):
    """Checks all but what is lost. Of the alerts of the last seconds (`lag`) the replica receives nothing; it gives those."""
    primary = scene.engine
    cable = Relay(primary.port)
    replica = Replica(primary, scene.folder("replica"), cable.port)
    scene.stack.callback(replica.close)
    for setting in settings:
        primary.rows(f"ALTER SYSTEM SET {setting}")
    primary.rows("SELECT CASE WHEN pg_reload_conf() THEN 1 ELSE 0 END")
    scene.engine.configuration = ('[storage]\nprovider = "postgresql"\nconnection = '
                                  f'"Host=127.0.0.1:{primary.port},127.0.0.1:{replica.port};Username=chatbot;Database=chatbot"\n')
    pair = Pair(scene)
    scene.stack.callback(pair.end)
    time.sleep(scene.size(2, 5))
    first = len(scene.tokens)
    cable.is_cut = lag > 0
    time.sleep(lag)
    primary.signal_all(signal.SIGKILL if way == "killed" else signal.SIGSTOP)
    unknown = scene.tokens[first:] if lag else []
    time.sleep(scene.size(1, 3))
    replica.promote()
    begin, before = time.monotonic(), len(scene.tokens)
    until(lambda: len(scene.tokens) > before, 10)
    scene.engine = replica
    until(lambda: scene.is_mentioned(scene.tokens[before]), 60)
    scene.seconds = time.monotonic() - begin
    time.sleep(scene.size(1, 5))
    primary.kill()
    pair.end()
    scene.bots.append(next((bot for bot in pair.bots if bot.is_alive), scene.bot))
    scene.alive()
    scene.settle()
    scene.check("a line after the promotion", scene.seconds, "<=", 20, "s")
    history = replica.rows("SELECT epoch, taken_at FROM lease_history ORDER BY epoch")
    scene.require("epochs rise, each once", [epoch for epoch, _ in history] == list(range(1, len(history) + 1))
                  and [at for _, at in history] == sorted(at for _, at in history))
    return unknown


SYNCHRONOUS = "synchronous_standby_names = 'replica'", "synchronous_commit = 'remote_apply'"


@fault("F31", "of two PostgreSQL servers the primary is killed, its synchronous replica promoted", TWO)
def killed(scene):
    fail_over(scene, "killed", SYNCHRONOUS)
    scene.account(WINDOW)


@fault("F31f", "of two PostgreSQL servers the primary freezes, its synchronous replica is promoted", TWO)
def frozen(scene):
    fail_over(scene, "frozen", SYNCHRONOUS)
    scene.account(WINDOW)


@fault("F31a", "of two PostgreSQL servers the primary is killed, its replica, which is a second late, promoted", TWO)
def asynchronous(scene):
    scene.home.group_wait = "2s"
    unknown = fail_over(scene, "killed", lag=1)
    missing = [token for token in unknown if not scene.is_mentioned(token)]
    scene.check("lost of those that the replica had not received", len(missing), "<=", len(unknown))
    scene.account(WINDOW + len(unknown), missing)
