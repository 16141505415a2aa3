"""Bare fork+exit of a small Python on all cores at once: the floor for any engine with a process per run."""
import os
import sys
import time


def loop(count):
    for _ in range(count):
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)


def main():
    count, cores = int(sys.argv[1]), os.cpu_count() or 1
    start = time.perf_counter()
    children = []
    for _ in range(cores):
        pid = os.fork()
        if pid == 0:
            loop(count)
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    print(count * cores / (time.perf_counter() - start))


main()
