"""The audit hook: explains refusals of files, sockets and processes, and leaves libraries alone."""
from __future__ import annotations

import os
import socket
import sys
import tempfile
import unittest
from typing import Any

from pungi_harness.policy.denials import sentence

from . import refusing_filter
from .in_child import in_child
from .language_run import run

WRITABLE = "writable: ('.', '/tmp/of-run')"
NETWORK = "Network access is disabled by policy. Set allowNetwork: true to allow it."
FAMILY = "Sockets of this family are refused, whatever the policy. Within a run use socket.socketpair(), a pipe or a file."
PROCESS = "Starting processes is disabled by policy. Set allowSubprocess: true to allow it."


class Files(unittest.TestCase):
    def test_writing_outside_is_refused(self) -> None:
        for code, path in (
            ("open('/pungi-absent/x', 'w')", "/pungi-absent/x"),
            ("open('/pungi-absent/x', 'r+')", "/pungi-absent/x"),
            ("open('../pungi-absent/x', 'a')", "../pungi-absent/x"),
            ("from pathlib import Path\nPath('/pungi-absent/x').write_text('')", "/pungi-absent/x"),
            ("import os\nos.mkdir('/pungi-absent/x')", "/pungi-absent/x"),
            ("import os\nos.remove('/pungi-absent/x')", "/pungi-absent/x"),
            ("import os\nos.rename('a', '/pungi-absent/x')", "/pungi-absent/x"),
            ("import os\nos.symlink('a', '/pungi-absent/x')", "/pungi-absent/x"),
            ("import os\nos.open('/pungi-absent/x', os.O_CREAT | os.O_WRONLY)", "/pungi-absent/x"),
            ("import shutil\nshutil.copy('a', '/pungi-absent/x')", "/pungi-absent/x"),
        ):
            with self.subTest(code=code):
                left = run(code, files={"a": "1"})
                self.assertEqual((left.ending, left.error["type"]), ("blocked", "PermissionError"))
                self.assertEqual(left.error["message"], f"Writing {path!r} is not allowed; {WRITABLE}")
                self.assertEqual((left.denials[-1]["layer"], left.denials[-1]["target"]), ("filesystem", path))
                self.assertEqual(left.error["errno"], 13)

    def test_writing_inside_is_free(self) -> None:
        code = "import os, tempfile\nopen('a', 'w').close()\nos.makedirs('b/c')\nos.rename('a', 'b/../b/c/d')\nopen('/dev/null', 'w').close()\ntempfile.TemporaryFile().close()"
        left = run("import warnings\nwarnings.simplefilter('ignore')\n" + code, writable=[".", os.path.realpath("/tmp")])
        self.assertEqual((left.error, left.denials, list(left.files)), (None, [], ["b/c/d"]))

    def test_a_writable_path_of_the_callers_own_directory_is_left_to_the_kernel(self) -> None:
        left = run("open('/nowhere/x', 'w')", writable=[".", "out"])
        self.assertEqual((left.ending, left.error["type"], left.denials), ("error", "FileNotFoundError", []))

    def test_a_link_to_a_writable_place_is_followed(self) -> None:
        left = run("import os\nos.symlink('.', 'link')\nopen(os.getcwd() + '/link/x', 'w').close()")
        self.assertEqual((left.error, left.denials), (None, []))

    def test_reading_outside_is_only_recorded(self) -> None:
        left = run("for _ in range(3):\n    open('/etc/passwd').close()")
        self.assertEqual(left.ending, "ok")
        self.assertEqual(
            left.denials,
            [
                {
                    "layer": "filesystem",
                    "action": "open",
                    "target": "/etc/passwd",
                    "line": 2,
                    "message": "Reading '/etc/passwd' is outside of what this run may read.",
                    "hint": "Add '/etc/passwd' to readablePaths, or hand the file in by files.",
                }
            ],
        )
        self.assertEqual(run("open('/etc/passwd').close()", readable=["/etc"]).denials, [])

    def test_listing_outside_is_only_recorded(self) -> None:
        for code in ("import os\nos.listdir('/etc')", "import os\nlist(os.scandir('/etc'))", "import os\nos.listdir(b'/etc')"):
            with self.subTest(code=code):
                left = run(code)
                self.assertEqual(left.ending, "ok")
                self.assertEqual([(d["layer"], d["action"], d["target"], d["line"]) for d in left.denials], [("filesystem", "list", "/etc", 2)])
        self.assertEqual(run("import os\nos.listdir('/etc'); os.listdir(); os.listdir('.')", readable=["/etc"]).denials, [])

    def test_the_root_is_no_place_to_add(self) -> None:
        left = run("import os\nos.mkdir('/pungi-absent')")
        self.assertEqual(left.denials[0]["hint"], "Write to one of these.")

    def test_denials_are_bounded(self) -> None:
        code = "for i in range(500):\n    try:\n        open(f'/pungi-absent/{i}', 'w')\n    except PermissionError:\n        pass"
        self.assertEqual(len(run(code).denials), 100)


class Network(unittest.TestCase):
    def test_refused(self) -> None:
        for code, target in (
            ("socket.create_connection(('127.0.0.1', 9))", "127.0.0.1"),
            ("socket.socket().connect(('127.0.0.1', 9))", "127.0.0.1:9"),
            ("socket.socket(socket.AF_INET6).connect(('::1', 9))", "::1:9"),
            ("socket.socket().bind(('127.0.0.1', 0))", "127.0.0.1:0"),
            ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))", "127.0.0.1:9"),
            ("socket.getaddrinfo('example.org', 80)", "example.org"),
            ("socket.gethostbyname('example.org')", "example.org"),
        ):
            with self.subTest(code=code):
                left = run("import socket\n" + code)
                self.assertEqual((left.ending, left.error["message"]), ("blocked", NETWORK))
                # In a jail a socket is refused before it could be connected; here it is made, and told as well.
                others = [d for d in left.denials if d["action"] != "socket"]
                self.assertEqual([(d["layer"], d["target"], d["line"]) for d in others], [("network", target, 2)])

    def test_a_socket_alone_is_recorded_and_left_to_the_kernel(self) -> None:
        for code, target in (
            ("socket.socket().close()", "socket(AF_INET)"),
            ("socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()", "socket(AF_INET6)"),
            ("import _socket; _socket.socket(2).close()", "socket(AF_INET)"),
        ):
            with self.subTest(code=code):
                left = run("import socket\n" + code)
                self.assertEqual(left.ending, "ok")
                self.assertEqual([(d["action"], d["target"], d["line"]) for d in left.denials], [("socket", target, 2)])

    def test_a_family_that_the_kernel_refuses_is_told(self) -> None:
        unix = [("socket", "socket(AF_UNIX)", 2)]
        for code, expected in (
            ("socket.socket(socket.AF_UNIX)", unix),
            ("socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)", unix),
            ("import multiprocessing.connection as c; c.Listener('x', 'AF_UNIX')", unix),
            ("socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)", []),
            ("a, b = socket.socketpair(); socket.socket(fileno=a.dup().detach())", []),
        ):
            for network in (False, True):
                with self.subTest(code=code, network=network):

                    def work(code: str = code, network: bool = network) -> Any:
                        refusing_filter.refuse(["socket"], first_argument=socket.AF_UNIX)
                        left = run("import socket, warnings; warnings.simplefilter('ignore')\n" + code, network=network)
                        return [(d["action"], d["target"], d["line"]) for d in left.denials], left.denials

                    told, denials = in_child(work)
                    self.assertEqual(told, expected)
                    if told:
                        self.assertEqual(sentence(denials[0]), FAMILY)

    def test_a_family_that_the_kernel_allows_is_not_told(self) -> None:
        left = run("import socket\nsocket.socket(socket.AF_UNIX).close()")
        self.assertEqual((left.error, left.denials), (None, []))

    def test_a_library_that_looks_whether_there_is_a_network_is_not_recorded(self) -> None:
        # http.client and its like are files of the interpreter: their frames are not the user's.
        lines = ["import socket", "socket.socket().close()", "try:", "    socket.socket(socket.AF_UNIX)", "except OSError:", "    pass"]
        with tempfile.TemporaryDirectory() as place:
            with open(os.path.join(place, "test_probe_of_a_library.py"), "w", encoding="utf-8") as file:
                file.write("\n".join(lines))

            def work() -> Any:
                refusing_filter.refuse(["socket"], first_argument=socket.AF_UNIX)
                sys.path.insert(0, place)
                left = run("import asyncio, test_probe_of_a_library", readable=[place])
                return left.error, left.denials

            self.assertEqual(in_child(work), (None, []))

    def test_allowed(self) -> None:
        left = run("import socket\nwith socket.socket() as s:\n    s.bind(('127.0.0.1', 0))", network=True)
        self.assertEqual((left.error, left.denials), (None, []))

    def test_a_pair_of_sockets_is_no_network(self) -> None:
        code = "import socket\na, b = socket.socketpair()\na.send(b'x')\nresult = b.recv(1).decode()\na.close(); b.close()"
        self.assertEqual(run(code).result, "x")


class Processes(unittest.TestCase):
    def test_refused(self) -> None:
        for code in (
            "import subprocess\nsubprocess.run(['true'])",
            "import os\nos.system('true')",
            "import os\nos.execv('/bin/true', ['true'])",
            "import os\nos.posix_spawn('/bin/true', ['true'], {})",
        ):
            with self.subTest(code=code):
                left = run(code)
                self.assertEqual((left.ending, left.error["message"]), ("blocked", PROCESS))
                self.assertEqual(left.denials[0]["layer"], "process")

    def test_allowed(self) -> None:
        self.assertEqual(run("import os\nos.system('exit 3') >> 8", subprocess=True).result, 3)

    def test_a_fork_is_recorded_where_the_level_has_none(self) -> None:
        code = "import os\npid = os.fork()\nif not pid:\n    os._exit(0)\nos.waitpid(pid, 0)"
        self.assertEqual([(d["action"], d["line"]) for d in run(code, forks=False).denials], [("fork", 2)])
        self.assertEqual(run(code, forks=True).denials, [])

    def test_signals_to_others_are_only_recorded(self) -> None:
        left = run("import os\nos.kill(os.getpid(), 0)\ntry:\n    os.kill(2 ** 22 + 1, 0)\nexcept OSError:\n    pass")
        self.assertEqual([(d["action"], d["target"]) for d in left.denials], [("kill", str(2**22 + 1))])


class Libraries(unittest.TestCase):
    def test_libraries_work(self) -> None:
        for code in (
            "import sqlite3\nc = sqlite3.connect('a.db')\nc.execute('create table t(x)')\nc.commit()\nc.close()",
            "import tempfile\nwith tempfile.TemporaryDirectory() as d:\n    open(d + '/x', 'w').close()",
            "import zoneinfo, datetime\nstr(datetime.datetime(2024, 1, 1, tzinfo=zoneinfo.ZoneInfo('UTC')))",
            "import logging, decimal, fractions, csv, email.message, xml.etree.ElementTree, concurrent.futures, unittest",
            "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as p:\n    list(p.map(str, [1, 2]))",
            "import asyncio\nawait asyncio.sleep(0)",
            "import warnings\nwarnings.warn('mind')",
        ):
            with self.subTest(code=code):
                left = run("import warnings\nwarnings.simplefilter('default')\n" + code, writable=[".", os.path.realpath("/tmp")])
                self.assertEqual((left.error, left.denials), (None, []))
