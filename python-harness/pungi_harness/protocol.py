"""Frames between node, supervisor and workers; the kinds stand in docs/architecture.md.

A frame is u32 length of what follows, u8 kind, u32 run, payload; numbers big endian. The reader checks the
length against a cap before it waits for the payload: the other side of a worker's line is hostile.
"""

from __future__ import annotations

import sys

import _socket

PLAN, JOB, FILE, STDIN, START, STOP, ANSWER = 1, 2, 3, 4, 5, 6, 10
# Of sessions and their branches.
FORK, REFUSED, HELLO, FORKED = 8, 28, 33, 34
HELD = 35
OPEN, CLOSE, TOUCH, OPENED, ENDED, LISTING = 7, 9, 11, 27, 29, 32
READY, PROCESS, STDOUT, STDERR, OUTCOME, FILE_HEAD, FILE_BODY, END, FAILED = 16, 17, 18, 19, 20, 22, 23, 24, 25
DISPLAY, EVENT, CALL, ROOM = 21, 26, 30, 31

HEAD = 9
# What is read at once: LARGE once that much is waiting. The heap takes and gives back a large buffer by mmap, which
# costs a dozen page faults for a frame of a hundred bytes.
SMALL, LARGE = 1 << 14, 1 << 20
MAX_DESCRIPTORS = 8


class ProtocolError(Exception):
    """The other side broke the rules of framing."""


def frame(kind: int, run: int, payload: bytes) -> bytes:
    return (5 + len(payload)).to_bytes(4, "big") + bytes((kind,)) + run.to_bytes(4, "big") + payload


class FrameReader:
    """Takes bytes as they come and gives whole frames."""

    def __init__(self, caps: dict[int, int]) -> None:
        self._caps = caps
        self._buffer = bytearray()

    def feed(self, data: bytes | bytearray) -> list[tuple[int, int, bytes]]:
        buffer = self._buffer
        buffer += data
        frames = []
        start = 0
        size = len(buffer)
        while size - start >= HEAD:
            length = int.from_bytes(buffer[start : start + 4], "big")
            kind = buffer[start + 4]
            cap = self._caps.get(kind)
            if cap is None or length < 5 or length - 5 > cap:
                raise ProtocolError(f"frame of kind {kind} with length {length}")
            if size - start < 4 + length:
                break
            run = int.from_bytes(buffer[start + 5 : start + HEAD], "big")
            frames.append((kind, run, bytes(memoryview(buffer)[start + HEAD : start + 4 + length])))
            start += 4 + length
        if start:
            del buffer[:start]
        return frames


def send_descriptors(socket: _socket.socket, data: bytes, descriptors: list[int]) -> None:
    """Send data, which must be small enough to go at once, with descriptors attached."""
    # By hand: importing `array` pulls in collections.abc, 2.7 ms.
    ancillary = b"".join(d.to_bytes(4, sys.byteorder) for d in descriptors)
    sent = socket.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, ancillary)])
    if sent != len(data):
        raise ProtocolError("a message with descriptors was cut")


def receive_from_known(socket: _socket.socket, size: int) -> tuple[bytes, int]:
    """With the process id of the sender by the kernel's word; 0 where it gives none. For SO_PASSCRED.

    There is no room for descriptors: the kernel closes those that come along.
    """
    data, ancillary, _, _ = socket.recvmsg(size, _socket.CMSG_SPACE(12), _socket.MSG_CMSG_CLOEXEC)
    pid = 0
    for level, kind, payload in ancillary:
        if level == _socket.SOL_SOCKET and kind == _socket.SCM_CREDENTIALS:
            # struct ucred { pid_t pid; uid_t uid; gid_t gid; }
            pid = int.from_bytes(payload[:4], sys.byteorder)
    return data, pid


def receive_descriptors(socket: _socket.socket, size: int) -> tuple[bytes, list[int]]:
    space = _socket.CMSG_SPACE(4 * MAX_DESCRIPTORS)
    data, ancillary, _, _ = socket.recvmsg(size, space, getattr(_socket, "MSG_CMSG_CLOEXEC", 0))
    descriptors: list[int] = []
    for level, kind, payload in ancillary:
        if level == _socket.SOL_SOCKET and kind == _socket.SCM_RIGHTS:
            for start in range(0, len(payload) - 3, 4):
                descriptors.append(int.from_bytes(payload[start : start + 4], sys.byteorder))
    return data, descriptors


