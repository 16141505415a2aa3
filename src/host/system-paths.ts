/** Host paths that any CPython with packages may need, where they exist. Links among them are followed. */
export const SYSTEM_PATHS = [
  // The dynamic loader and the libraries.
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/libx32',
  '/usr/local/lib',
  '/usr/local/lib64',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/ld-musl-x86_64.path',
  '/etc/ld-musl-aarch64.path',
  // Debian reaches libblas and liblapack, and so numpy, through here.
  '/etc/alternatives',
  // Time zones and file types.
  '/etc/localtime',
  '/etc/timezone',
  '/etc/mime.types',
  '/usr/share/zoneinfo',
  '/usr/share/mime',
  // Certificates and the settings of OpenSSL; the directories with private keys are left out.
  '/etc/ssl/certs',
  '/etc/ssl/cert.pem',
  '/etc/ssl/openssl.cnf',
  '/etc/ca-certificates',
  '/etc/pki/ca-trust',
  '/etc/pki/tls/cert.pem',
  '/etc/pki/tls/certs',
  '/etc/pki/tls/openssl.cnf',
  '/etc/crypto-policies',
  '/usr/share/ca-certificates',
  '/usr/share/crypto-policies',
  '/usr/local/share/ca-certificates',
  '/var/lib/ca-certificates',
  // Fonts and what matplotlib keeps outside of its package.
  '/etc/fonts',
  '/etc/matplotlibrc',
  '/usr/share/fontconfig',
  '/usr/share/fonts',
  '/usr/share/matplotlib',
  '/usr/local/share/fonts',
  '/var/cache/fontconfig',
] as const;

/** Names that lead into `/usr` on a merged system: repeated as links, nothing is opened by them. */
export const LINKED_NAMES = ['/bin', '/sbin'] as const;

/** Directories with executables, for `allowSubprocess`. */
export const COMMAND_PATHS = ['/usr/bin', '/bin', '/usr/local/bin'] as const;

/** What the resolver of libc reads, for `allowNetwork`. */
export const NETWORK_PATHS = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/nsswitch.conf',
  '/etc/host.conf',
  '/etc/gai.conf',
  '/etc/services',
  '/etc/protocols',
] as const;
