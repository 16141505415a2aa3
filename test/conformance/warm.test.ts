import { describeConformance, OTHERS } from './describe-conformance.js';
import { runWarm } from './warm-run.js';

await describeConformance('warm', runWarm, OTHERS);
