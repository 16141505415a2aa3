import { FRAME } from '../protocol/frame-kinds.js';
import type { SupervisorProcess } from '../spawn/start-supervisor.js';
import type { SendAnswer } from './observe-run.js';

/** The way of answers to one run. */
export function answersTo(supervisor: Pick<SupervisorProcess, 'send'>, run: number): SendAnswer {
  return (payload) => supervisor.send(FRAME.answer, run, payload);
}
