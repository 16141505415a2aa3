"""Says what this interpreter and this machine offer, as one marked line of JSON on standard output.

Node starts this file once, as `python -I -X utf8 probe.py TEMPORARY_DIRECTORY CACHE`, with `site` on, so that
`sys.path` is what the user's environment gives. The line stands between markers, because a `.pth` file or a
`sitecustomize` may print too. Everything here is trusted and runs before any user code; nothing here is on the
way of a run.
"""

from __future__ import annotations

import os
import sys

BEGIN = "<pungi-probe>"
END = "</pungi-probe>"
NEEDED_MODULES = ("_ctypes", "_json", "_socket", "marshal", "resource", "select")


def interpreter_facts(search_path):
    return {
        "executable": real_executable(),
        "implementation": sys.implementation.name,
        "version": list(sys.version_info[:3]),
        "prefix": sys.prefix,
        "basePrefix": sys.base_prefix,
        "standardLibrary": os.path.dirname(os.path.realpath(os.__file__)),
        "sysPath": search_path,
        "libpython": mapped_libpython(),
        "missingModules": [name for name in NEEDED_MODULES if not can_import(name)],
    }


def real_executable():
    """The binary that runs: behind a virtual environment's symlink, a shim, and a wrapper that renames argv[0]."""
    try:
        running = os.readlink("/proc/self/exe")
    except OSError:
        running = ""
    return running if os.path.isfile(running) else os.path.realpath(sys.executable)


def mapped_libpython():
    """Path of the shared libpython, None when the interpreter is linked statically."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
            for line in maps:
                path = line.rstrip("\n").partition("/")[2]
                if path.rpartition("/")[2].startswith("libpython"):
                    return "/" + path
    except OSError:
        pass
    return None


def can_import(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True


def machine():
    name = os.uname().machine
    if sys.maxsize < 1 << 32:
        return "other"
    return {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(name, "other")


def host_facts(temporary_directory):
    facts = {"machine": machine(), "uid": os.geteuid(), "gid": os.getegid(), "maySwitchIds": False}
    if not sys.platform.startswith("linux"):
        reason = "only Linux has it, this is %s" % sys.platform
        return dict(facts, landlock=no(reason), seccomp=no(reason), namespaces=no(reason), cgroup=no(reason))
    from pungi_harness import probe_cgroup, probe_kernel, probe_namespaces

    kernel = probe_kernel.Kernel()
    abi, landlock_reason = probe_kernel.landlock_abi(kernel)
    switch_ids = probe_kernel.may_switch_ids(kernel)
    cgroup, cgroup_reason = probe_cgroup.cgroup_facts()
    return dict(
        facts,
        maySwitchIds=switch_ids,
        landlock=yes_or_no(abi, landlock_reason),
        seccomp=yes_or_no(True, probe_kernel.seccomp_absence(kernel)),
        namespaces=yes_or_no(True, probe_namespaces.namespaces_absence(kernel, switch_ids, temporary_directory)),
        cgroup=yes_or_no(cgroup, cgroup_reason),
    )


def yes_or_no(value, reason):
    return no(reason) if reason is not None else {"value": value, "reason": None}


def no(reason):
    return {"value": None, "reason": reason}


def answer(search_path, temporary_directory, cache):
    interpreter = interpreter_facts(search_path)
    usable = interpreter["implementation"] == "cpython" and sys.version_info >= (3, 9)
    if not usable or interpreter["missingModules"]:
        return {"python": interpreter, "host": None, "harness": None}
    return {"python": interpreter, "host": host_facts(temporary_directory), "harness": packed_harness(cache)}


def packed_harness(cache):
    from binascii import b2a_base64

    from pungi_harness import probe_bundle

    directory = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return b2a_base64(probe_bundle.pack(directory, cache), newline=False).decode("ascii")


def main():
    # What start-up code of the environment put there may be anything; in a jail a relative path means nothing.
    search_path = [entry for entry in sys.path if isinstance(entry, str) and entry[:1] == "/"]
    sys.dont_write_bytecode = True
    sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    import json

    line = "\n%s%s%s\n" % (BEGIN, json.dumps(answer(search_path, sys.argv[1], sys.argv[2])), END)
    view = memoryview(line.encode("ascii"))
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    main()
