"""Frames in and out of a byte stream, and descriptors beside it."""
from __future__ import annotations

import fcntl
import os
import unittest

import _socket

from pungi_harness import protocol

CAPS = {protocol.JOB: 10, protocol.STDIN: 0}

# bytes, the frames they are
WHOLE = [
    (b"", []),
    (b"\0\0\0\x08\x02\0\0\0\x07abc", [(protocol.JOB, 7, b"abc")]),
    (b"\0\0\0\x05\x02\0\0\0\0", [(protocol.JOB, 0, b"")]),
    (b"\0\0\0\x05\x04\xff\xff\xff\xff", [(protocol.STDIN, 0xFFFFFFFF, b"")]),
    (b"\0\0\0\x0f\x02\0\0\0\x010123456789", [(protocol.JOB, 1, b"0123456789")]),
    (b"\0\0\0\x06\x02\0\0\0\x01a" * 3, [(protocol.JOB, 1, b"a")] * 3),
]

# bytes, message
BROKEN = [
    (b"\0\0\0\x10\x02\0\0\0\0", "frame of kind 2 with length 16"),
    (b"\xff\xff\xff\xff\x02\0\0\0\0", "frame of kind 2 with length 4294967295"),
    (b"\0\0\0\x06\x04\0\0\0\0", "frame of kind 4 with length 6"),
    (b"\0\0\0\x05\x03\0\0\0\0", "frame of kind 3 with length 5"),
    (b"\0\0\0\x05\x00\0\0\0\0", "frame of kind 0 with length 5"),
    (b"\0\0\0\x04\x02\0\0\0\0", "frame of kind 2 with length 4"),
    (b"\0\0\0\0\x02\0\0\0\0", "frame of kind 2 with length 0"),
]


class Reader(unittest.TestCase):
    def test_whole_frames(self) -> None:
        for data, frames in WHOLE:
            with self.subTest(data=data):
                self.assertEqual(protocol.FrameReader(CAPS).feed(data), frames)

    def test_every_split_gives_the_same_frames(self) -> None:
        data = b"".join(data for data, _ in WHOLE)
        expected = [frame for _, frames in WHOLE for frame in frames]
        for size in range(1, len(data) + 1):
            with self.subTest(size=size):
                reader = protocol.FrameReader(CAPS)
                pieces = [data[start : start + size] for start in range(0, len(data), size)]
                self.assertEqual([frame for piece in pieces for frame in reader.feed(piece)], expected)

    def test_what_breaks_the_rules_is_refused_by_its_head_alone(self) -> None:
        for data, message in BROKEN:
            with self.subTest(data=data):
                with self.assertRaises(protocol.ProtocolError) as caught:
                    protocol.FrameReader(CAPS).feed(data)
                self.assertEqual(str(caught.exception), message)

    def test_nothing_is_refused_before_the_head_is_whole(self) -> None:
        for data, _ in BROKEN:
            with self.subTest(data=data):
                reader = protocol.FrameReader(CAPS)
                self.assertEqual(reader.feed(data[:-1]), [])
                with self.assertRaises(protocol.ProtocolError):
                    reader.feed(data[-1:])

    def test_what_is_written_is_what_is_read(self) -> None:
        for run, payload in ((0, b""), (1, b"abc"), (0xFFFFFFFF, bytes(10))):
            with self.subTest(run=run):
                data = protocol.frame(protocol.JOB, run, payload)
                self.assertEqual(protocol.FrameReader(CAPS).feed(data), [(protocol.JOB, run, payload)])

    def test_a_payload_is_a_copy(self) -> None:
        reader = protocol.FrameReader(CAPS)
        data = bytearray(protocol.frame(protocol.JOB, 1, b"abc"))
        ((_, _, payload),) = reader.feed(data)
        data[:] = bytes(len(data))
        reader.feed(protocol.frame(protocol.JOB, 1, b"xyz"))
        self.assertEqual(payload, b"abc")


class Descriptors(unittest.TestCase):
    def setUp(self) -> None:
        self.ours, self.theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        self.addCleanup(self.ours.close)
        self.addCleanup(self.theirs.close)

    def test_they_arrive_in_order_and_close_on_exec(self) -> None:
        sent = [os.open(path, os.O_RDONLY) for path in ("/", "/dev/null", __file__)]
        protocol.send_descriptors(self.ours, b"message", sent)
        data, received = protocol.receive_descriptors(self.theirs, 100)
        facts = [[os.fstat(number)[1:3] for number in numbers] for numbers in (sent, received)]
        flags = [fcntl.fcntl(number, fcntl.F_GETFD) for number in received]
        for number in sent + received:
            os.close(number)
        self.assertEqual(data, b"message")
        self.assertEqual(facts[0], facts[1])
        self.assertEqual(flags, [fcntl.FD_CLOEXEC] * 3)

    def test_a_message_without_any(self) -> None:
        self.ours.sendall(b"message")
        self.assertEqual(protocol.receive_descriptors(self.theirs, 100), (b"message", []))

    def test_the_end_of_file(self) -> None:
        self.ours.close()
        self.assertEqual(protocol.receive_descriptors(self.theirs, 100), (b"", []))

    def test_no_more_are_taken_than_there_is_room_for(self) -> None:
        before = sorted(os.listdir("/proc/self/fd"))
        sent = [os.open("/dev/null", os.O_RDONLY) for _ in range(20)]
        protocol.send_descriptors(self.ours, b"x", sent)
        _, received = protocol.receive_descriptors(self.theirs, 100)
        for number in sent + received:
            os.close(number)
        self.assertEqual(len(received), protocol.MAX_DESCRIPTORS)
        self.assertEqual(sorted(os.listdir("/proc/self/fd")), before)

    def test_a_message_that_does_not_go_at_once_is_an_error(self) -> None:
        self.ours.setblocking(False)
        with self.assertRaises(protocol.ProtocolError) as caught:
            protocol.send_descriptors(self.ours, bytes(8 << 20), [self.theirs.fileno()])
        self.assertEqual(str(caught.exception), "a message with descriptors was cut")


if __name__ == "__main__":
    unittest.main()
