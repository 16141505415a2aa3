import { expect } from 'vitest';
import { LINE_PRELUDE, type Trial } from '../trial.js';

const SOURCE = 'docs/architecture.md: the line is hostile as soon as user code runs';

function trial(id: string, technique: string, code: string, rest: Partial<Trial> = {}): Trial {
  return {
    id: `line/${id}`,
    technique,
    source: SOURCE,
    mustNot: 'spoil more than its own result',
    code: LINE_PRELUDE + code,
    statuses: ['crashed'],
    ...rest,
  };
}

/** Frames that no worker may send: each must end the run, at once, as crashed. */
const BROKEN_FRAMES: readonly Trial[] = [
  ['length-giant', 'a length of 4 GB', "struct.pack('>IBI', 0xffffffff, OUTCOME, 0)"],
  [
    'length-over-cap',
    'a length just over the cap',
    "struct.pack('>IBI', (1 << 20) + (4 << 20) + 6, OUTCOME, 0)",
  ],
  ['length-zero', 'a length of 0', "struct.pack('>IBI', 0, OUTCOME, 0)"],
  ['length-four', 'a length shorter than the head', "struct.pack('>IBI', 4, OUTCOME, 0)"],
  ['kind-unknown', 'an unknown kind', "frame(99, b'{}')"],
  ['kind-zero', 'kind 0', "frame(0, b'')"],
  ['kind-end', "the supervisor's last word", "frame(END, b'{}', 1)"],
  ['kind-stdout', 'output by frame', "frame(18, b'x', 1)"],
  ['kind-file-head', 'a file by frame', 'frame(22, b\'{"name":"/etc/x","size":1,"mode":511}\', 1)'],
  ['kind-plan', 'a plan', "frame(1, b'{}')"],
  ['kind-start', 'a new run', "frame(5, b'{}', 2)"],
  ['garbage', 'random bytes', 'os.urandom(4096)'],
  ['text', 'text', "b'GET / HTTP/1.1\\r\\n\\r\\n'"],
].map(([id = '', technique = '', data = '']) =>
  trial(id, technique, `send(${data})\ntime.sleep(60)`, {
    check: ({ usage }) => expect(usage.wallMs).toBeLessThan(10_000),
  }),
);

/** Outcomes that are well framed and wrong inside. */
const BROKEN_OUTCOMES: readonly Trial[] = [
  ['not-json', 'no JSON', "frame(OUTCOME, b'{')"],
  ['not-utf8', 'no UTF-8', "frame(OUTCOME, b'\\xff\\xfe')"],
  ['empty', 'nothing', "frame(OUTCOME, b'')"],
  ['array', 'an array', "frame(OUTCOME, b'[]')"],
  ['deep', 'two million levels', "frame(OUTCOME, b'[' * 2000000)"],
  [
    'deep-result',
    'a result of 5,000 levels',
    "frame(OUTCOME, outcome()[9:].replace(b'\"forged\"', b'[' * 5000 + b']' * 5000, 1))",
  ],
  ['unknown-ending', 'an ending of its own', "outcome(ending='timeout')"],
  ['unknown-key', 'a key of its own', 'outcome(status="ok")'],
  ['exit-code', 'an exit code out of range', "outcome(ending='exit', exitCode=99999)"],
  ['float-code', 'an exit code that is no whole number', 'outcome(exitCode=0.5)'],
  ['tag-unknown', 'an unknown tag', 'outcome(result={"$pungi": "function", "value": "x"})'],
  ['tag-date', 'a date that is none', 'outcome(result={"$pungi": "datetime", "value": "x"})'],
  ['tag-int', 'an int that is none', 'outcome(result={"$pungi": "int", "value": "1e9"})'],
  ['notes-flood', '100,000 notes', 'outcome(notes=["n"] * 100000)'],
].map(([id = '', technique = '', data = '']) =>
  trial(`outcome-${id}`, `an outcome with ${technique}`, `send(${data})\ntime.sleep(9)`),
);

export const LINE: readonly Trial[] = [
  trial(
    'control',
    'a well-formed outcome, which is its own to forge (control)',
    'send(outcome())\ntime.sleep(9)',
    {
      statuses: ['ok'],
      check: ({ result }) => expect(result).toBe('forged'),
    },
  ),
  ...BROKEN_FRAMES,
  ...BROKEN_OUTCOMES,
  trial('twice', 'two outcomes', "send(outcome(result='one') + outcome(result='two'))\ntime.sleep(9)", {
    statuses: ['ok', 'crashed'],
    check: ({ status, result }) => expect(status === 'ok' ? result : 'one').toBe('one'),
  }),
  trial('half-hang', 'half a frame and silence', 'send(outcome()[:-5])\ntime.sleep(60)', {
    statuses: ['timeout'],
  }),
  trial('half-exit', 'half a frame and death', 'send(outcome()[:-5])\nos._exit(0)'),
  trial('half-then-own', "half a frame before the harness's own outcome", 'send(outcome()[:-5])\nresult = 1'),
  trial('drip', 'an outcome byte by byte', 'for b in outcome(): send(bytes([b]))\ntime.sleep(9)', {
    statuses: ['ok'],
  }),
  trial('ready-again', 'a second ready', 'send(frame(READY, b\'{"layers":{}}\'))\nresult = 1', {
    statuses: ['ok', 'crashed'],
  }),
  trial(
    'failed-late',
    'failed after ready',
    'send(frame(FAILED, b\'{"layer":"x","message":"y","hint":""}\'))\nresult = 1',
    {
      statuses: ['ok', 'crashed'],
    },
  ),
  trial('failed-garbage', 'failed with no JSON', "send(frame(FAILED, b'{'))\nresult = 1", {
    statuses: ['ok', 'crashed'],
  }),
  trial('event', 'one event', "send(frame(EVENT, b'{}'))\ntime.sleep(0.2)\nresult = 1", {
    statuses: ['ok', 'crashed'],
  }),
  trial(
    'event-garbage',
    'an event that is no JSON',
    "send(frame(EVENT, b'\\xff' * 1000))\ntime.sleep(0.2)\nresult = 1",
    {
      statuses: ['ok', 'crashed'],
    },
  ),
  trial(
    'event-flood',
    'a gigabyte of events',
    "b = frame(EVENT, b'x' * 1000000)\nfor _ in range(1000): send(b)",
    {
      statuses: ['ok', 'crashed', 'timeout'],
    },
  ),
  trial('flood-tiny', 'tiny frames without end', "b = frame(FAILED, b'') * 20000\nwhile True: send(b)", {
    statuses: ['crashed', 'timeout'],
    check: ({ usage }) => expect(usage.wallMs).toBeLessThan(10_000),
  }),
  trial(
    'flood-after-outcome',
    'frames without end behind the outcome',
    "b = frame(READY, b'') * 20000\nsend(outcome())\nwhile True: send(b)",
    {
      statuses: ['ok', 'crashed'],
      check: ({ usage }) => expect(usage.wallMs).toBeLessThan(10_000),
    },
  ),
  trial(
    'descriptors',
    '500 descriptors sent to the supervisor',
    `
s = socket.socket(fileno=3)
for _ in range(50):
    s.sendmsg([frame(READY, b'{}')], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack('10i', *[1] * 10))])
s.detach()
result = 1`,
    { statuses: ['ok', 'crashed'] },
  ),
  trial(
    'out-of-band',
    'an out-of-band byte',
    "s = socket.socket(fileno=3)\ntry: s.send(b'x', socket.MSG_OOB)\nexcept OSError: pass\ns.detach()\nresult = 1",
    {
      statuses: ['ok', 'crashed'],
    },
  ),
  trial(
    'shutdown',
    'both ways of the line shut down',
    's = socket.socket(fileno=3)\ns.shutdown(2)\ntime.sleep(9)',
  ),
  trial('closed', 'the line closed and a loop', 'os.close(3)\nwhile True: pass'),
  trial('closed-all', 'descriptors 0 to 3 closed', 'os.closerange(0, 4)\ntime.sleep(9)'),
  trial(
    'stdout-into-line',
    'output written into the line',
    "os.dup2(3, 1)\nprint('hello, hello, hello', flush=True)\ntime.sleep(9)",
  ),
  trial(
    'line-into-stdout',
    'frames on stdout, where they are text',
    "os.write(1, outcome())\nresult = 'mine'",
    {
      statuses: ['ok'],
      check: ({ result }) => expect(result).toBe('mine'),
    },
  ),
  trial(
    'error-forged-memory',
    'a forged MemoryError with no error',
    "send(outcome(ending='error'))\ntime.sleep(9)",
  ),
  trial(
    'prototype',
    'keys of the prototype',
    'send(frame(OUTCOME, outcome()[9:].replace(b\'"forged"\', b\'{"__proto__":{"polluted":1},"then":1}\', 1)))\ntime.sleep(9)',
    {
      statuses: ['ok'],
      check: ({ result }) => {
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
        expect(Object.keys(Object(result))).toEqual(['__proto__', 'then']);
      },
    },
  ),
  trial(
    'hex-int',
    'an int of four million hex digits',
    'send(outcome(result={"$pungi": "int", "value": "0x" + "f" * 4000000}))\ntime.sleep(9)',
    {
      statuses: ['ok', 'crashed'],
    },
  ),
];
