"""Finds a control group directory in which groups for workers can be made, by making and removing one.

Version 2 wants both controllers handed down to children (`cgroup.subtree_control`), which the kernel refuses in
a group that has processes of its own, so the own group and those above it are tried. Version 1 has one
hierarchy for each controller. Nothing of the host's set-up is changed.
"""

from __future__ import annotations

import os
import time

from pungi_harness.probe_kernel import Step, StepFailed, read_text

CONTROLLERS = ("memory", "pids")
LIMITS = {
    (1, "memory"): ("memory.limit_in_bytes", "268435456"),
    (1, "pids"): ("pids.max", "16"),
    (2, "memory"): ("memory.max", "268435456"),
    (2, "pids"): ("pids.max", "16"),
}


def cgroup_facts(memberships=None, mount_table=None):
    """`(facts, None)` or `(None, reason)`; facts are `{"version": 1 or 2, "directories": {controller: path}}`."""
    groups = own_groups(memberships if memberships is not None else read_text("/proc/self/cgroup"))
    mounts = cgroup_mounts(mount_table if mount_table is not None else read_text("/proc/self/mountinfo"))
    if not mounts:
        return None, "no cgroup file system is mounted"
    reasons = []
    directory = unified_directory(groups, mounts, reasons)
    if directory is not None:
        return {"version": 2, "directories": {name: directory for name in CONTROLLERS}}, None
    directories = {}
    for controller in CONTROLLERS:
        candidate = group_directory(groups.get(controller), mounts.get(controller))
        if candidate is None:
            continue
        try:
            make_and_remove(candidate, 1, (controller,))
            directories[controller] = candidate
        except StepFailed as error:
            reasons.append(str(error))
    if directories:
        return {"version": 1, "directories": directories}, None
    return None, "; ".join(reasons) or "the group of this process is not visible here"


def own_groups(text):
    """Path of this process's group by controller; version 2 under the empty name."""
    groups = {}
    for line in text.splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            groups[controller] = path
    return groups


def cgroup_mounts(text):
    """`(root, mount point)` by controller, as mountinfo has them; version 2 under the empty name."""
    mounts = {}
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields, kind = left.split(" "), right.split(" ")
        if kind[0] == "cgroup2":
            mounts.setdefault("", (fields[3], fields[4]))
        elif kind[0] == "cgroup":
            for option in kind[2].split(","):
                mounts.setdefault(option, (fields[3], fields[4]))
    return mounts


def group_directory(path, mount):
    """The group as a directory, or None where a cgroup namespace or a partial mount hides it."""
    if path is None or mount is None:
        return None
    root, mount_point = mount
    prefix = root.rstrip("/")
    if ".." in path.split("/") or not (path == root or path.startswith(prefix + "/")):
        return None
    return os.path.normpath(mount_point + path[len(prefix) :])


def unified_directory(groups, mounts, reasons):
    directory = group_directory(groups.get(""), mounts.get(""))
    if directory is None:
        return None
    top = mounts[""][1]
    present = read_text(os.path.join(top, "cgroup.controllers")).split()
    missing = [name for name in CONTROLLERS if name not in present]
    if missing:
        reasons.append("%s has no controller %s" % (top, " and ".join(missing)))
        return None
    while True:
        enabled = read_text(os.path.join(directory, "cgroup.subtree_control")).split()
        if all(name in enabled for name in CONTROLLERS):
            try:
                make_and_remove(directory, 2, CONTROLLERS)
                return directory
            except StepFailed as error:
                reasons.append(str(error))
        else:
            reasons.append("%s does not hand down memory and pids (cgroup.subtree_control)" % directory)
        if directory == top:
            return None
        directory = os.path.dirname(directory)


def make_and_remove(directory, version, controllers):
    """Makes a group, limits it, moves a child into it and removes it."""
    group = os.path.join(directory, "pungi-probe-%d" % os.getpid())
    with Step("mkdir %s" % group):
        os.mkdir(group)
    try:
        for controller in controllers:
            name, value = LIMITS[version, controller]
            write_value(os.path.join(group, name), value)
        move_a_child(os.path.join(group, "cgroup.procs"))
    finally:
        remove_group(group)


def move_a_child(path):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(write_end)
            os.read(read_end, 1)
        finally:
            os._exit(0)
    os.close(read_end)
    try:
        write_value(path, str(pid))
    finally:
        os.close(write_end)
        os.waitpid(pid, 0)


def write_value(path, text):
    with Step("write %s" % path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def remove_group(group):
    # A group stays busy for a moment after its last process was reaped.
    with Step("rmdir %s" % group):
        for attempt in range(50):
            try:
                return os.rmdir(group)
            except OSError:
                if attempt == 49:
                    raise
                time.sleep(0.002)
