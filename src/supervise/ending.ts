// The type lives in the lower folder, since `classify` reads it and imports point only downward.
export type { Ending, EndReport, Outcome, StopReason } from '../result/ending.js';
