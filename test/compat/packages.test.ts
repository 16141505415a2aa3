import { describeGroup } from './describe-group.js';
import { GROUPS } from './groups.js';

for (const group of GROUPS.packages) await describeGroup(group);
