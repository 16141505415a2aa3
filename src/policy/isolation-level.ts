/** The three honest levels, strongest first. */
export const ISOLATION_LEVELS = ['full', 'kernel', 'process'] as const;

/** How strongly the host holds a worker. */
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];
