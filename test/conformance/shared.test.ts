import { closeSharedPools } from '../../src/index.js';
import { describeConformance } from './describe-conformance.js';
import { runShared } from './shared-run.js';

// The warm engine by another door, held to the whole suite by itself at each level: here it is the door that counts.
// Bad input is refused before a pool is asked for.
await describeConformance('runCode, shared pool', runShared, {
  levels: ['full'],
  badInput: false,
  sections: 'others',
  release: closeSharedPools,
});
