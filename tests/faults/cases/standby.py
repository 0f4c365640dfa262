"""Two bots on one database, of which one speaks."""
import signal
import socket
import threading
import time

import ground
from fault import fault
from ground import CHANNEL, until
from scene import WINDOW

TWO = "PostgreSQL", "two bots share a database, and SQLite's file is one bot's alone"
LEASE = 8  # seconds


class Relay:
    """Between a bot and the database; cut, it takes what is sent to it and hands nothing on, as a broken network does."""

    def __init__(self, target):
        self.target, self.is_cut = target, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            far = socket.create_connection(("127.0.0.1", self.target))
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(1 << 16):
                while self.is_cut:
                    time.sleep(0.05)
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            end.close()


class Pair:
    """The bot of the scene and a second one, which has all but its folder in common with it."""

    def __init__(self, scene, connection=None):
        self.scene = scene
        scene.home.engine.configuration += 'standby = "warm"\n'
        second = ground.Home(scene.folder("second"), scene.irc.port, None)
        second.engine, second.maildir, second.sources = scene.engine, scene.home.maildir, scene.home.sources
        second.configure()
        if connection:
            scene.home.engine.configuration = scene.home.engine.configuration.replace(*connection)
        scene.home.configure()
        self.homes = [scene.home, second]
        self.bots = [None, None]
        self.done = threading.Event()
        self.start(0)
        scene.require("the first joins", scene.irc.wait_joined())
        self.start(1)
        self.wait_warm()
        self.sender = threading.Thread(target=self.deliver)
        self.sender.start()

    def start(self, which):
        self.bots[which] = ground.Bot(self.homes[which], self.scene.binary)
        self.scene.bots.append(self.bots[which])

    def wait_warm(self):
        """Until one is in the channel and the other on IRC outside of it."""
        return until(lambda: sum(link.is_registered for link in list(self.scene.irc.links)) == 2 and len(self.scene.irc.joined) == 1, 60)

    def deliver(self):
        while not self.done.wait(0.25):
            self.scene.alert()

    def end(self):
        self.done.set()
        self.sender.join()

    def speaker(self):
        """The number of the connection that said the last line."""
        return self.scene.irc.said(CHANNEL)[-1].link

    def until_other_speaks(self, before, patience=60):
        return until(lambda: self.speaker() != before, patience, 0.02)

    def account(self, takeovers):
        scene = self.scene
        self.end()
        scene.bots.append(self.bots[1] if self.bots[1].is_alive else self.bots[0])
        scene.settle()
        scene.account(takeovers * WINDOW)
        speakers = [line.link for line in scene.irc.said(CHANNEL)]
        changes = sum(one != next_one for one, next_one in zip(speakers, speakers[1:]))
        scene.check("changes of the speaker", changes, "=", takeovers)


@fault("F15", "of two bots the one that speaks is killed, frozen, stopped", TWO)
def takeovers(scene):
    pair = Pair(scene)
    worst, stopped, speaking, rounds = 0, 0, 0, scene.size(1, 5)
    time.sleep(2)
    thawed = 0
    for number in range(rounds):
        for how in ("killed", "frozen", "stopped"):
            scene.progress(f"{how}, {number + 1} of {rounds}")
            bot, before = pair.bots[speaking], pair.speaker()
            if how == "killed":
                bot.kill()
            elif how == "frozen":
                bot.signal(signal.SIGSTOP)
            else:
                threading.Thread(target=bot.stop).start()
            took = pair.until_other_speaks(before) or 999.0
            if how == "stopped":
                stopped = max(stopped, took)
                until(lambda: not bot.is_alive, 20)
            else:
                worst = max(worst, took)
            if how == "frozen":
                said = sum(line.link == before for line in scene.irc.said(CHANNEL))
                bot.signal(signal.SIGCONT)
                until(lambda: not bot.is_alive, 20)
                time.sleep(2)
                thawed += sum(line.link == before for line in scene.irc.said(CHANNEL)) - said
                bot.kill()
            pair.start(speaking)
            speaking = 1 - speaking
            pair.wait_warm()
            time.sleep(1)
    scene.seconds = worst
    scene.check("killed or frozen: the other speaks after", worst, "<=", 15, "s")
    scene.check("stopped: after", stopped, "<=", 5, "s")
    scene.check("lines of the thawed one", thawed, "=", 0)
    pair.account(3 * rounds)


@fault("F16", "of two bots the one that speaks is cut off from the database, not from IRC", TWO)
def cut_off(scene):
    relay = Relay(scene.engine.port)
    pair = Pair(scene, (f"Host={scene.engine.work};Port={scene.engine.port}", f"Host=127.0.0.1;Port={relay.port}"))
    worst, late, rounds = 0, 0, scene.size(1, 3)
    time.sleep(2)
    for number in range(rounds):
        scene.progress(f"{number + 1} of {rounds}")
        before, cut = pair.speaker(), time.time()
        relay.is_cut = True
        worst = max(worst, pair.until_other_speaks(before) or 999.0)
        time.sleep(LEASE)
        late += sum(line.link == before and line.at > cut + LEASE for line in scene.irc.said(CHANNEL))
        relay.is_cut = False
        # It ends, and is started again as by systemd; then it gets the lease back for the next round.
        until(lambda: not pair.bots[0].is_alive, 20)
        pair.bots[0].kill()
        pair.start(0)
        pair.wait_warm()
        before = pair.speaker()
        pair.bots[1].stop()
        pair.until_other_speaks(before)
        pair.start(1)
        pair.wait_warm()
    scene.seconds = worst
    scene.check("the other speaks after", worst, "<=", 15, "s")
    scene.check("lines of the one that is cut off, after its lease", late, "=", 0)
    pair.account(2 * rounds)
