import { describeConformance, OTHERS } from './describe-conformance.js';
import { runOneshot } from './oneshot-run.js';

await describeConformance('oneshot', runOneshot, OTHERS);
