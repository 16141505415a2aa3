"""Fork+exit of a small Python on all cores at once: the floor for any engine with a process per run.

`bare`: nothing else. `namespaces`: each child is the init of a pid namespace and makes itself a user and a mount
namespace with a tmpfs of its own, as a worker at level `full` does.
"""
import ctypes
import os
import sys
import time

NEWNS, NEWUSER, NEWPID = 0x00020000, 0x10000000, 0x20000000
PIDFD_OPEN = 434
libc = ctypes.CDLL(None, use_errno=True)


def check(result):
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def enter_user_namespace(others):
    uid, gid = os.getuid(), os.getgid()
    check(libc.unshare(NEWUSER | others))
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"{uid} {uid} 1")
    write("/proc/self/gid_map", f"{gid} {gid} 1")


def bare(_):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return pid


def in_namespaces(own):
    check(libc.unshare(NEWPID))
    pid = os.fork()
    if pid == 0:
        enter_user_namespace(NEWNS)
        check(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, b"size=1m"))
        os._exit(0)
    check(libc.setns(own, NEWPID))
    return pid


def wait_well(pid):
    status = os.waitpid(pid, 0)[1]
    if status:
        raise SystemExit(f"a child ended with wait status {status}")


def loop(fork, count):
    own = check(libc.syscall(PIDFD_OPEN, os.getpid(), 0))
    for _ in range(count):
        wait_well(fork(own))


def branch(work, *arguments):
    """In a child, whatever happens there."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work(*arguments)
            code = 0
        finally:
            os._exit(code)
    return pid


def loop_in_namespaces(count):
    # Only who is in a pid namespace of its own may come back to it.
    enter_user_namespace(NEWPID)
    wait_well(branch(loop, in_namespaces, count))


def main():
    variant, count, cores = sys.argv[1], int(sys.argv[2]), os.cpu_count() or 1
    work = {"bare": (loop, bare, count), "namespaces": (loop_in_namespaces, count)}[variant]
    start = time.perf_counter()
    for pid in [branch(*work) for _ in range(cores)]:
        wait_well(pid)
    print(count * cores / (time.perf_counter() - start))


main()
