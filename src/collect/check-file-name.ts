/** Limits of Linux: NAME_MAX and PATH_MAX, in bytes. */
const MAX_PART_BYTES = 255;
const MAX_NAME_BYTES = 4095;
const MAX_DEPTH = 64;

/** Why a name that a worker chose cannot be used on the host; `null` when it can: relative, plain, beneath the workdir. */
export function checkFileName(name: string): string | null {
  if (name === '') return 'its name is empty';
  if (/\p{Surrogate}/u.test(name)) return 'its name is not valid Unicode';
  if (/\p{Cc}/u.test(name)) return 'its name holds a control character';
  if (name.startsWith('/')) return 'its name is absolute';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `its name is longer than ${MAX_NAME_BYTES} bytes`;
  const parts = name.split('/');
  if (parts.length > MAX_DEPTH) return `it lies deeper than ${MAX_DEPTH} directories`;
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return "its name has an empty, '.' or '..' part";
  if (parts.some((part) => Buffer.byteLength(part) > MAX_PART_BYTES)) {
    return `a part of its name is longer than ${MAX_PART_BYTES} bytes`;
  }
  return null;
}
