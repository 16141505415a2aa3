/*
 * A classic BPF machine over `struct seccomp_data`, as the kernel's: what it refuses to load, this refuses to run.
 * It knows the instructions that seccomp programs of this project use; any other is an error.
 */

export interface Call {
  /** AUDIT_ARCH_*. */
  readonly architecture: number;
  readonly number: number;
  /** Missing arguments are zero. */
  readonly args?: readonly bigint[];
}

export interface Answer {
  readonly action: 'allow' | 'ask' | 'kill' | `errno ${number}`;
  /** Whether any argument was looked at on the way: if not, the answer holds for all arguments. */
  readonly readArguments: boolean;
}

export const ARCHITECTURES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

const DATA_BYTES = 64;
const ARGUMENTS_OFFSET = 16;

export function interpret(program: Uint8Array, call: Call): Answer {
  const code = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const count = program.byteLength / 8;
  if (!Number.isInteger(count) || count < 1 || count > 4096) throw new Error(`${count} instructions`);
  const data = seccompData(call);
  let accumulator = 0;
  let readArguments = false;
  for (let at = 0; at < count; at += 1) {
    const opcode = code.getUint16(at * 8, true);
    const branch = (holds: boolean): number => code.getUint8(at * 8 + (holds ? 2 : 3));
    const value = code.getUint32(at * 8 + 4, true);
    switch (opcode) {
      case 0x20:
        if (value % 4 !== 0 || value >= DATA_BYTES) throw new Error(`load from ${value}`);
        readArguments ||= value >= ARGUMENTS_OFFSET;
        accumulator = data.getUint32(value, true);
        break;
      case 0x54:
        accumulator = (accumulator & value) >>> 0;
        break;
      case 0x05:
        at += value;
        break;
      case 0x15:
        at += branch(accumulator === value);
        break;
      case 0x35:
        at += branch(accumulator >= value);
        break;
      case 0x06:
        return { action: actionOf(value), readArguments };
      default:
        throw new Error(`opcode ${opcode} at ${at}`);
    }
  }
  throw new Error('ran past the end');
}

function seccompData(call: Call): DataView {
  const data = new DataView(new ArrayBuffer(DATA_BYTES));
  data.setInt32(0, call.number, true);
  data.setUint32(4, call.architecture, true);
  data.setBigUint64(8, 0x7fff_dead_beefn, true);
  for (const [index, value] of (call.args ?? []).entries()) data.setBigUint64(16 + 8 * index, value, true);
  return data;
}

function actionOf(value: number): Answer['action'] {
  if (value === 0x7fff0000) return 'allow';
  if (value === 0x7fc00000) return 'ask';
  if (value === 0x80000000) return 'kill';
  if (value >>> 16 === 0x0005) return `errno ${value & 0xffff}`;
  throw new Error(`return value ${value.toString(16)}`);
}
