import { describeConformance, TIMED } from './describe-conformance.js';
import { runWarm } from './warm-run.js';

await describeConformance('warm', runWarm, TIMED);
