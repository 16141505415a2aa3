/** Whether a release such as `6.1.0-18-amd64` is of at least this version. An unreadable release is of none. */
export function kernelAtLeast(release: string, major: number, minor: number): boolean {
  const [, seenMajor, seenMinor] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  if (seenMajor === undefined || seenMinor === undefined) return false;
  return Number(seenMajor) > major || (Number(seenMajor) === major && Number(seenMinor) >= minor);
}
