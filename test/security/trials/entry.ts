import { expect } from 'vitest';
import { LINE_PRELUDE, type Trial } from '../trial.js';

/** Machine code in a page of its own, called as a function; x86-64 only. */
const MACHINE = `
def run(code):
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_long)(address)()
def move_eax(number): return b'\\xb8' + struct.pack('<I', number)
SYSCALL, INT80, SYSENTER, RET = b'\\x0f\\x05', b'\\xcd\\x80', b'\\x0f\\x34', b'\\xc3'
`;

function trial(id: string, technique: string, code: string, rest: Partial<Trial> = {}): Trial {
  return {
    id: `entry/${id}`,
    technique,
    source: 'Chrome and gVisor: other entries into the kernel have other numbers',
    mustNot: 'make a call under another numbering',
    code: LINE_PRELUDE + MACHINE + code,
    statuses: ['crashed'],
    check: ({ signal }) => expect(signal).toBe('SIGSYS'),
    ...rest,
  };
}

/** The kernel has these entries, or answers ENOSYS before the filter is asked where they were compiled out. */
const X64: readonly Trial[] = [
  trial(
    'control',
    'getpid by machine code (control)',
    'result = run(move_eax(39) + SYSCALL + RET) == os.getpid()',
    {
      statuses: ['ok'],
      check: ({ result }) => expect(result).toBe(true),
    },
  ),
  trial('x32', 'x32: getpid with bit 30', 'run(move_eax(0x40000000 | 39) + SYSCALL + RET)\nresult = 1'),
  trial(
    'x32-ptrace',
    'x32: ptrace under its own number',
    'run(move_eax(0x40000000 | 521) + SYSCALL + RET)\nresult = 1',
  ),
  trial('int80', 'int 0x80: getpid of i386', 'run(move_eax(20) + INT80 + RET)\nresult = 1', {
    check: ({ signal }) => expect(['SIGSYS', 'SIGSEGV']).toContain(signal),
  }),
  trial('int80-mount', 'int 0x80: umount of i386', 'run(move_eax(22) + INT80 + RET)\nresult = 1', {
    check: ({ signal }) => expect(['SIGSYS', 'SIGSEGV']).toContain(signal),
  }),
  trial('negative', 'number -1', 'run(move_eax(0xffffffff) + SYSCALL + RET)\nresult = 1', {
    check: ({ signal }) => expect(signal).toBe('SIGSYS'),
  }),
  trial(
    'high-half',
    'a number whose high half is set',
    "r = run(b'\\x48\\xb8' + struct.pack('<Q', (1 << 32) | 101) + SYSCALL + RET)\nresult = r",
    {
      statuses: ['ok'],
      check: ({ result }) => expect(result).toBe(-1),
    },
  ),
];

export const ENTRY: readonly Trial[] = process.arch === 'x64' ? X64 : [];
