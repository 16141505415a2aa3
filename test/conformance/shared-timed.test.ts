import { closeSharedPools } from '../../src/index.js';
import { describeConformance } from './describe-conformance.js';
import { runShared } from './shared-run.js';

// Level `process` shares nothing, and bad input is refused before a pool is asked for: both are the oneshot engine,
// which is held to them by itself.
await describeConformance('runCode, shared pool', runShared, {
  levels: ['full', 'kernel'],
  badInput: false,
  sections: 'timed',
  release: closeSharedPools,
});
