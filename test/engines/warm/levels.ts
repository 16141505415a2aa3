import { levelsHere } from '../../conformance/levels.js';

/** The levels at which a pool shares one tree, as far as this machine has them. */
export const WARM_LEVELS = (await levelsHere())
  .filter(({ level, skip }) => level !== 'process' && skip === null)
  .map(({ level }) => level);
