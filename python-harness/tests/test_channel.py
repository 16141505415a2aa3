"""The framed, non-blocking socket of the supervisor."""
from __future__ import annotations

import os
import unittest

import _socket

from pungi_harness import channel, protocol

CAPS = {protocol.JOB: 64 << 20, protocol.STOP: 10}


class ChannelTest(unittest.TestCase):
    def setUp(self) -> None:
        ours, self.peer = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        self.channel = channel.Channel(ours, CAPS)
        self.addCleanup(ours.close)
        self.addCleanup(self.peer.close)

    def states(self) -> tuple:
        return self.channel.unsent, self.channel.full, self.channel.ended


class Sending(ChannelTest):
    def test_a_small_frame_goes_at_once(self) -> None:
        self.channel.send(protocol.END, 3, b"abc")
        self.assertEqual(self.peer.recv(100), protocol.frame(protocol.END, 3, b"abc"))
        self.assertEqual(self.states(), (False, False, False))

    def test_large_data_waits_for_its_reader_and_arrives_whole(self) -> None:
        payloads = [os.urandom(size) for size in (6 << 20, 0, 1, 3 << 20)]
        for number, payload in enumerate(payloads):
            self.channel.send(protocol.JOB, number, payload)
        self.assertEqual(self.states(), (True, True, False))
        reader = protocol.FrameReader(CAPS)
        frames: list = []
        while len(frames) < len(payloads):
            frames += reader.feed(self.peer.recv(1 << 20))
            self.channel.flush()
        self.assertEqual(frames, [(protocol.JOB, number, payload) for number, payload in enumerate(payloads)])
        self.assertEqual(self.states(), (False, False, False))

    def test_it_is_full_only_above_its_backlog(self) -> None:
        self.channel.send_raw(bytes(channel.BACKLOG))
        self.assertEqual(self.states(), (True, False, False))
        self.channel.send_raw(bytes(channel.BACKLOG))
        self.assertEqual(self.states(), (True, True, False))
        received = 0
        while self.channel.full:
            received += len(self.peer.recv(1 << 16))
            self.channel.flush()
        self.assertGreaterEqual(received, channel.BACKLOG - (1 << 20))
        self.assertTrue(self.channel.unsent)

    def test_more_pieces_than_one_call_takes(self) -> None:
        self.channel.send_raw(bytes(1 << 20))
        for number in range(2000):
            self.channel.send_raw(number.to_bytes(4, "big"))
        data = b""
        while len(data) < (1 << 20) + 8000:
            data += self.peer.recv(1 << 16)
            self.channel.flush()
        self.assertEqual(data[1 << 20 :], b"".join(number.to_bytes(4, "big") for number in range(2000)))

    def test_what_nobody_will_read_is_dropped(self) -> None:
        self.channel.send_raw(bytes(8 << 20))
        self.peer.close()
        self.channel.flush()
        self.assertEqual(self.states(), (False, False, False))
        self.channel.send(protocol.END, 0, b"")
        self.assertEqual(self.states(), (False, False, False))


class Receiving(ChannelTest):
    def test_nothing_yet_is_no_end(self) -> None:
        self.assertEqual(self.channel.receive(), [])
        self.assertEqual(self.channel.receive_with_descriptors(), ([], []))
        self.assertEqual(self.states(), (False, False, False))

    def test_frames_as_they_become_whole(self) -> None:
        data = protocol.frame(protocol.JOB, 1, b"abc") + protocol.frame(protocol.STOP, 1, b"now")
        self.peer.sendall(data[:-1])
        self.assertEqual(self.channel.receive(), [(protocol.JOB, 1, b"abc")])
        self.peer.sendall(data[-1:])
        self.assertEqual(self.channel.receive(), [(protocol.STOP, 1, b"now")])

    def test_a_frame_above_its_cap(self) -> None:
        self.peer.sendall(protocol.frame(protocol.STOP, 1, bytes(11)))
        with self.assertRaises(protocol.ProtocolError):
            self.channel.receive()

    def test_descriptors_come_with_their_frame(self) -> None:
        protocol.send_descriptors(self.peer, protocol.frame(protocol.STOP, 0, b""), [self.peer.fileno()])
        frames, descriptors = self.channel.receive_with_descriptors()
        inode = [os.fstat(number).st_ino for number in (*descriptors, self.peer.fileno())]
        for number in descriptors:
            os.close(number)
        self.assertEqual(frames, [(protocol.STOP, 0, b"")])
        self.assertEqual(inode[:1], inode[1:])

    def test_the_end_of_file(self) -> None:
        for receive, nothing in (("receive", []), ("receive_with_descriptors", ([], []))):
            with self.subTest(receive=receive):
                self.setUp()
                self.peer.sendall(protocol.frame(protocol.STOP, 0, b"")[:5])
                self.peer.close()
                self.assertEqual(getattr(self.channel, receive)(), nothing)
                self.assertFalse(self.channel.ended)
                self.assertEqual(getattr(self.channel, receive)(), nothing)
                self.assertTrue(self.channel.ended)

    def test_a_peer_that_reset_the_connection_has_ended(self) -> None:
        # Unread data makes the kernel reset a Unix socket that is closed.
        self.channel.send_raw(b"unread")
        self.peer.close()
        self.assertEqual(self.channel.receive(), [])
        self.assertTrue(self.channel.ended)


class Ending(ChannelTest):
    def test_end_is_an_end_of_file_while_the_peer_lives(self) -> None:
        self.channel.end()
        self.assertEqual(self.channel.receive(), [])
        self.assertTrue(self.channel.ended)
        self.channel.send_raw(b"last words")
        self.assertEqual(self.peer.recv(100), b"last words")

    def test_frames_that_had_come_are_still_read(self) -> None:
        self.peer.sendall(protocol.frame(protocol.STOP, 1, b""))
        self.channel.end()
        self.assertEqual(self.channel.receive(), [(protocol.STOP, 1, b"")])
        self.assertEqual((self.channel.receive(), self.channel.ended), ([], True))

    def test_end_may_come_twice_and_late(self) -> None:
        self.channel.end()
        self.peer.close()
        self.channel.end()
        self.channel.socket.close()
        self.channel.end()
        self.assertFalse(self.channel.unsent)


if __name__ == "__main__":
    unittest.main()
