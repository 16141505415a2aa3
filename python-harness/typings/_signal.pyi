# `signal` without its enums, which cost 4 ms to import; typeshed has no stub for it.
from signal import default_int_handler as default_int_handler
from types import FrameType
from typing import Any, Callable, Iterable, Optional, Union

SIG_DFL: int
SIG_IGN: int
SIG_BLOCK: int
SIG_UNBLOCK: int
SIG_SETMASK: int
NSIG: int
SIGABRT: int
SIGALRM: int
SIGBUS: int
SIGCHLD: int
SIGCONT: int
SIGFPE: int
SIGHUP: int
SIGILL: int
SIGINT: int
SIGKILL: int
SIGPIPE: int
SIGQUIT: int
SIGSEGV: int
SIGSTOP: int
SIGSYS: int
SIGTERM: int
SIGUSR1: int
SIGUSR2: int
SIGWINCH: int
SIGXCPU: int
SIGXFSZ: int

_Handler = Union[int, Callable[[int, Optional[FrameType]], Any], None]

def signal(signalnum: int, handler: _Handler, /) -> _Handler: ...
def getsignal(signalnum: int, /) -> _Handler: ...
def pthread_sigmask(how: int, mask: Iterable[int], /) -> set[int]: ...
def set_wakeup_fd(fd: int, /, *, warn_on_full_buffer: bool = True) -> int: ...
def setitimer(which: int, seconds: float, interval: float = 0.0, /) -> tuple[float, float]: ...
def siginterrupt(signalnum: int, flag: bool, /) -> None: ...
def sigwait(sigset: Iterable[int], /) -> int: ...
def alarm(seconds: int, /) -> int: ...
def pidfd_send_signal(pidfd: int, sig: int, siginfo: None = None, flags: int = 0, /) -> None: ...
def raise_signal(signalnum: int, /) -> None: ...
def strsignal(signalnum: int, /) -> Optional[str]: ...
def valid_signals() -> set[int]: ...
