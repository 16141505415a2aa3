import type { Attack } from './attack.js';

/**
 * What every attack may use. Modules come past the import policy by the import machinery itself, since the kernel must
 * hold where the language policy has fallen.
 */
const PRELUDE = `
import sys
load = sys.modules['_frozen_importlib']._gcd_import
os, ctypes, socket, errno, struct, mmap, time, fcntl = map(
    load, ['os', 'ctypes', 'socket', 'errno', 'struct', 'mmap', 'time', 'fcntl'])
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
BAD = ctypes.c_void_p(0xdead000)
ANY = ctypes.c_long(-1)
found = {}

def call(number, *arguments):
    ctypes.set_errno(0)
    value = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if value < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return value

def reach(number, *arguments):
    """Whether the kernel looked at the call: any answer but a refusal by the filter."""
    try:
        return call(number, *arguments)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOSYS, errno.EAGAIN):
            raise
        return errno.errorcode[error.errno]

def attempt(name, act):
    try:
        found[name] = 'done: ' + repr(act())[:200]
    except OSError as error:
        found[name] = 'refused: ' + errno.errorcode.get(error.errno, str(error))
    except BaseException as error:
        found[name] = 'refused: ' + type(error).__name__ + ': ' + str(error)[:200]
`;

/** One program that tries all, each on its own, and whose result maps ids to what came of it. */
export function composeProgram(attacks: readonly Attack[]): string {
  const functions = attacks.map(({ id, code }, index) => {
    const body = code
      .trim()
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n');
    return `def attack_${index}():\n${body}\nattempt(${JSON.stringify(id)}, attack_${index})`;
  });
  return `${PRELUDE}\n${functions.join('\n')}\nresult = found\n`;
}
