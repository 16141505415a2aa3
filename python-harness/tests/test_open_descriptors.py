"""Which descriptors are open, also above what a process has left itself."""

from __future__ import annotations

import os
import resource
import unittest

from pungi_harness.open_descriptors import open_descriptors


class OpenDescriptors(unittest.TestCase):
    def test_those_that_are_open_are_told_whatever_the_limit_is_now(self) -> None:
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
        ends = os.pipe()
        for end in ends:
            self.addCleanup(os.close, end)
        os.dup2(ends[0], 200)
        for soft in (limits[0], 40):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, limits[1]))
            found = open_descriptors(256)
            self.assertEqual([number in found for number in (*ends, 200, 199)], [True, True, True, False])
        os.close(200)
        self.assertNotIn(200, open_descriptors(256))
        self.assertEqual(open_descriptors(1), [number for number in open_descriptors(256) if number == 0])
