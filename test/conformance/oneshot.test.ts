import { runCode } from '../../src/index.js';
import { describeConformance } from './describe-conformance.js';

await describeConformance('oneshot', runCode);
