import { describeGroup } from './describe-group.js';
import { GROUPS } from './groups.js';

for (const group of GROUPS.standard) await describeGroup(group);
