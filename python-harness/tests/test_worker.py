"""What a worker makes of the process that it was forked as."""
from __future__ import annotations

import os
import unittest
from unittest.mock import patch

from pungi_harness import worker


class Environment(unittest.TestCase):
    def test_nothing_of_what_was_there_stays(self) -> None:
        with patch.dict(os.environ, {"LEFT": "of the host"}, clear=True):
            worker._set_environment({"HOME": "$workdir/work", "LANG": "C.UTF-8"}, "", "/place")
            self.assertEqual(dict(os.environ), {"HOME": "/place/work", "LANG": "C.UTF-8"})

    def test_what_the_zygote_has_set_is_only_moved(self) -> None:
        environment = {"HOME": "$workdir/work", "LANG": "C.UTF-8"}
        with patch.dict(os.environ, {"HOME": "/shared/work", "LANG": "C.UTF-8"}, clear=True):
            worker._set_environment(environment, "/shared", "/place")
            self.assertEqual(dict(os.environ), {"HOME": "/place/work", "LANG": "C.UTF-8"})


if __name__ == "__main__":
    unittest.main()
