"""What a zygote that serves many has loaded before it forks; one that serves a single run leaves it to that run."""
from __future__ import annotations

from .modes import tolerate
from .report import describe
from .value_types import TypeTable
from .value_walk import ValueWalk

__all__ = ["TypeTable", "ValueWalk", "describe", "tolerate"]
