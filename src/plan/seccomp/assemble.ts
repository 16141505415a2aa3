/** A classic BPF instruction before its jumps are resolved. Jumps only go forward. */
export type Instruction =
  | { readonly op: 'label'; readonly name: string }
  | { readonly op: 'load'; readonly offset: number }
  | { readonly op: 'and'; readonly mask: number }
  | { readonly op: 'jump'; readonly to: string }
  | Branch
  | { readonly op: 'return'; readonly value: number };

export interface Branch {
  readonly op: 'branch';
  readonly test: 'equal' | 'at-least';
  readonly value: number | 'own-pid';
  /** A label, or `next` for the instruction that follows. */
  readonly yes: string;
  readonly no: string;
}

export interface Assembled {
  readonly program: Uint8Array;
  readonly pidSlots: readonly number[];
}

/** No process has it (the kernel's PID_MAX_LIMIT is 2^22), so an unfilled slot allows nothing. */
export const PID_PLACEHOLDER = 0x7fffffff;

/** The kernel's BPF_MAXINSNS. */
const MAX_INSTRUCTIONS = 4096;
/** Offsets of conditional jumps are one byte. */
const MAX_BRANCH = 255;

const LOAD_WORD = 0x20;
const AND = 0x54;
const JUMP = 0x05;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const RETURN = 0x06;

export function assemble(source: readonly Instruction[]): Assembled {
  const far = findFarBranches(source);
  const layout = place(source, far);
  if (layout.length > MAX_INSTRUCTIONS) {
    throw new RangeError(
      `The seccomp program has ${layout.length} instructions; the kernel takes ${MAX_INSTRUCTIONS}.`,
    );
  }
  const words = [...source.entries()].flatMap(([index, instruction]) =>
    encode(instruction, layout.at(index), far.has(index), layout),
  );
  const view = new DataView(new ArrayBuffer(words.length * 8));
  for (const [at, word] of words.entries()) {
    view.setUint16(at * 8, word.code, true);
    view.setUint8(at * 8 + 2, word.yes);
    view.setUint8(at * 8 + 3, word.no);
    view.setUint32(at * 8 + 4, word.value, true);
  }
  const pidSlots = [...source.entries()].flatMap(([index, instruction]) =>
    instruction.op === 'branch' && instruction.value === 'own-pid' ? [layout.at(index)] : [],
  );
  return { program: new Uint8Array(view.buffer), pidSlots };
}

/** `struct sock_filter`. */
interface Word {
  readonly code: number;
  readonly yes: number;
  readonly no: number;
  readonly value: number;
}

function encode(instruction: Instruction, at: number, far: boolean, layout: Layout): readonly Word[] {
  switch (instruction.op) {
    case 'label':
      return [];
    case 'load':
      return [word(LOAD_WORD, instruction.offset)];
    case 'and':
      return [word(AND, instruction.mask)];
    case 'return':
      return [word(RETURN, instruction.value)];
    case 'jump':
      return [word(JUMP, layout.distance(at, instruction.to))];
    case 'branch':
      return far ? encodeFarBranch(instruction, at, layout) : [encodeBranch(instruction, at, layout)];
  }
}

function encodeBranch(branch: Branch, at: number, layout: Layout): Word {
  const distance = (to: string): number => (to === 'next' ? 0 : layout.distance(at, to));
  return { ...comparison(branch), yes: distance(branch.yes), no: distance(branch.no) };
}

/** The comparison chooses between two long jumps that follow it; `next` is behind both. */
function encodeFarBranch(branch: Branch, at: number, layout: Layout): readonly Word[] {
  const jump = (from: number, to: string): Word =>
    word(JUMP, to === 'next' ? at + 2 - from : layout.distance(from, to));
  return [{ ...comparison(branch), yes: 0, no: 1 }, jump(at + 1, branch.yes), jump(at + 2, branch.no)];
}

function comparison(branch: Branch): Word {
  const code = branch.test === 'equal' ? JUMP_EQUAL : JUMP_AT_LEAST;
  return word(code, branch.value === 'own-pid' ? PID_PLACEHOLDER : branch.value);
}

function word(code: number, value: number): Word {
  return { code, yes: 0, no: 0, value };
}

interface Layout {
  readonly length: number;
  at(index: number): number;
  /** Instructions to skip on the way from one to a label. */
  distance(from: number, label: string): number;
}

/** Lengthening one branch may push another out of reach, so this repeats until nothing changes. */
function findFarBranches(source: readonly Instruction[]): ReadonlySet<number> {
  const far = new Set<number>();
  for (;;) {
    const layout = place(source, far);
    const before = far.size;
    for (const [index, instruction] of source.entries()) {
      if (instruction.op !== 'branch') continue;
      const reach = (to: string): number => (to === 'next' ? 0 : layout.distance(layout.at(index), to));
      if (Math.max(reach(instruction.yes), reach(instruction.no)) > MAX_BRANCH) far.add(index);
    }
    if (far.size === before) return far;
  }
}

function place(source: readonly Instruction[], far: ReadonlySet<number>): Layout {
  const positions: number[] = [];
  const labels = new Map<string, number>();
  let length = 0;
  for (const [index, instruction] of source.entries()) {
    positions.push(length);
    if (instruction.op === 'label') {
      if (labels.has(instruction.name)) throw new Error(`Label ${instruction.name} is there twice.`);
      labels.set(instruction.name, length);
    }
    length += sizeOf(instruction, far.has(index));
  }
  const at = (index: number): number => {
    const position = positions[index];
    if (position === undefined) throw new RangeError(`No instruction ${index}.`);
    return position;
  };
  const distance = (from: number, label: string): number => {
    const to = labels.get(label);
    if (to === undefined) throw new Error(`No label ${label}.`);
    if (to <= from) throw new Error(`Label ${label} lies behind; classic BPF jumps forward only.`);
    return to - from - 1;
  };
  return { length, at, distance };
}

function sizeOf(instruction: Instruction, far: boolean): number {
  if (instruction.op === 'label') return 0;
  return far ? 3 : 1;
}
