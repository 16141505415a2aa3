"""`python3 -m tests.fuzz --seconds 60 [--seed 1] [--target out] [--keep]`: each target in turn, a second at a time."""

from __future__ import annotations

import argparse
import random
import sys
import time

from .campaign import TARGETS, Campaign, Failure, keep, shrink


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--keep", action="store_true", help="write what reached something new into the corpus")
    options = parser.parse_args()
    print(f"seed {options.seed}, CPython {sys.version.split()[0]}", flush=True)
    rng = random.Random(options.seed)
    names = options.target or list(TARGETS)
    found = 0
    started = time.monotonic()
    campaigns = []
    for name in names:
        try:
            campaigns.append(Campaign(name, rng))
        except Failure as failure:
            found += 1
            print(f"the corpus fails: {failure}", flush=True)
    while campaigns and time.monotonic() - started < options.seconds:
        for campaign in list(campaigns):
            try:
                campaign.go_on(min(1.0, options.seconds / len(names)))
            except Failure as failure:
                found += 1
                campaigns.remove(campaign)
                small = shrink(failure)
                print(f"{small.target}: {small.data.hex()}\n{small.trace}", flush=True)
    for campaign in campaigns:
        if options.keep:
            keep(campaign.target, campaign.least())
        print(f"{campaign.target}: {campaign.tried} inputs, {len(campaign.inputs)} kept, {campaign.lines} steps reached")
    print(f"{found} targets failed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
