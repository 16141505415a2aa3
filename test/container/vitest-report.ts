import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

export type VitestReport = z.infer<typeof schema>;

/** Reads what vitest's JSON reporter printed: one line, with whatever a test printed before it. */
export function readVitestReport(stdout: string): VitestReport {
  return schema.parse(JSON.parse(reportLine(stdout)));
}

/** For docs/security-results.md, where PUNGI_SECURITY_REPORTS names a directory. */
export function keepReport(place: string, stdout: string): void {
  const directory = process.env['PUNGI_SECURITY_REPORTS'];
  if (directory !== undefined) writeFileSync(join(directory, `${place}.json`), reportLine(stdout));
}

function reportLine(stdout: string): string {
  const line = stdout.split('\n').findLast((text) => text.startsWith('{"numTotalTestSuites"'));
  if (line === undefined) throw new Error(`vitest printed no report: ${stdout.slice(-2000)}`);
  return line;
}

/** Failed tests with their messages, and files that failed outside of a test (a hook, an import). */
export function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    const failures = tests.map(
      ({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('; ')}`,
    );
    return status === 'failed' && failures.length === 0 ? [`${name}: ${message}`] : failures;
  });
}

/** How many tests passed whose whole name holds the words. */
export function passedWith({ testResults }: VitestReport, words: string): number {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName, status }) => status === 'passed' && fullName.includes(words)).length;
}
