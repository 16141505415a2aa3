"""What the supervisor makes of a zygote that ends while it is told something."""
from __future__ import annotations

import unittest

import _socket

from pungi_harness.birth import Birth
from pungi_harness.jail.failure import JailFailure
from tests.test_desk import launch


class Adoption(unittest.TestCase):
    def test_a_zygote_that_is_gone_when_it_is_told_of_a_branch_is_told_as_gone(self) -> None:
        birth = Birth(launch(1000))
        birth.control, zygote = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        self.addCleanup(birth.control.close)
        zygote.close()
        with self.assertRaisesRegex(JailFailure, "^the zygote ended$"):
            birth.adopt(2, 1, 7)


if __name__ == "__main__":
    unittest.main()
