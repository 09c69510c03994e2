"""The program under test: one child process on a port and in a data folder of its own."""

import os
import random
import re
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

# The kernel hands out ports above these, so no other program takes ours between two starts.
PORTS = range(20000, 30000)
ATTEMPTS = 20


class Bot:
    """Starts, stops and starts again on the same port and folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = None
        self.child = None
        self.log = tempfile.TemporaryFile(mode="w+")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        ports = [self.port] * ATTEMPTS if self.port else random.sample(PORTS, ATTEMPTS)
        for port in filter(_is_free, ports):
            self.port = port
            if self._launch():
                return
        raise RuntimeError(f"the program does not start:\n{self.tail()}")

    def _launch(self):
        """The line with the address is written once requests are taken."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GTM_", "SLACK_"))}
        settings = {
            "GTM_DATA_DIR": str(self.folder),
            "GTM_LISTEN": f"127.0.0.1:{self.port}",
            "GTM_ADMIN_LISTEN": "off",
        }
        self.child = subprocess.Popen(
            [os.environ["ADVISOR"], "serve"],
            env=own | settings,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        line = self.child.stdout.readline()
        if re.search(rf"http://127\.0\.0\.1:{self.port}/", line):
            return True
        self.stop()
        return False

    def stop(self):
        """Asks it to end, as a platform would, and gives back its exit status."""
        if self.child is None:
            return None
        child, self.child = self.child, None
        child.send_signal(signal.SIGCONT)
        child.terminate()
        try:
            return child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()
        finally:
            child.stdout.close()

    def freeze(self):
        """It takes connections still, but answers nothing."""
        self.child.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.child.send_signal(signal.SIGCONT)

    def tail(self):
        self.log.seek(0)
        return "".join(self.log.readlines()[-20:])


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
