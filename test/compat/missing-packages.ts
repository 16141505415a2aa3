import { sciencePython } from '../conformance/science-python.js';

/** Why programs that need these packages cannot run here, or `null`. CI sets PUNGI_REQUIRE_PACKAGES: there it is an error. */
export function missingPackages(packages: readonly string[]): string | null {
  const { skip } = sciencePython([...packages]);
  if (skip !== null && process.env['PUNGI_REQUIRE_PACKAGES'] === '1') {
    throw new Error(`The packages are required here, but ${skip}.`);
  }
  return skip;
}
