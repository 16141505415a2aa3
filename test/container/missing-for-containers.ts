import { execaSync } from 'execa';

/** Why the container tests cannot run here, or `null`. CI sets PUNGI_REQUIRE_CONTAINERS: there it is an error. */
export function missingForContainers(): string | null {
  const reason = findReason();
  if (reason !== null && process.env['PUNGI_REQUIRE_CONTAINERS'] === '1') {
    throw new Error(`The container tests are required here, but ${reason}.`);
  }
  return reason;
}

function findReason(): string | null {
  if (process.platform !== 'linux') return `containers need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'a private dockerd and debootstrap need root';
  const absent = ['dockerd', 'docker', 'debootstrap', 'setpriv'].filter(
    (command) => execaSync(command, ['--version'], { reject: false }).failed,
  );
  return absent.length === 0
    ? null
    : `${absent.join(', ')} not installed (apt-get install docker.io debootstrap)`;
}
