import { type Attack, type Family, onlyRoot } from '../attack.js';

const SOURCE = 'DESIGN section 10, lesson 4';

function connect(id: string, technique: string, code: string, control: Attack['control'] = 'bare'): Attack {
  return {
    id: `network/${id}`,
    technique,
    source: SOURCE,
    code,
    mustNot: 'reach anything by a socket',
    control,
  };
}

function family(id: string, number: number, type: number, protocol: number, unprovable?: string): Attack {
  return connect(
    `family-${id}`,
    `a socket of family ${number}`,
    `call({'x86_64': 41, 'aarch64': 198}[os.uname().machine], ${number}, ${type}, ${protocol})`,
    unprovable === undefined ? 'bare' : { unprovable },
  );
}

export const NETWORK: Family = {
  name: 'network',
  attacks: [
    connect(
      'tcp',
      'TCP to loopback',
      "s = socket.create_connection(('127.0.0.1', int(os.environ['BAIT_TCP'])), 2)\ns.close()",
    ),
    connect(
      'tcp6',
      'TCP over IPv6',
      "s = socket.create_connection(('::1', int(os.environ['BAIT_TCP6'])), 2)\ns.close()",
    ),
    connect(
      'udp',
      'a UDP datagram',
      "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.sendto(b'x', ('127.0.0.1', int(os.environ['BAIT_UDP'])))",
    ),
    connect(
      'udp-dns',
      'a name looked up',
      "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.connect(('192.0.2.1', 53))",
      { unprovable: 'this machine may have no route' },
    ),
    connect(
      'listen',
      'listen on a port',
      "s = socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen()\ns.close()",
    ),
    connect(
      'unix-path',
      'a Unix socket by path',
      "s = socket.socket(socket.AF_UNIX)\ns.connect(os.environ['BAIT_UNIX'])\ns.close()",
    ),
    connect(
      'unix-abstract',
      'an abstract Unix socket',
      "s = socket.socket(socket.AF_UNIX)\ns.connect(chr(0) + os.environ['BAIT_ABSTRACT'])\ns.close()",
    ),
    connect(
      'unix-bind',
      'bind an abstract Unix socket',
      "s = socket.socket(socket.AF_UNIX)\ns.bind(chr(0) + 'pungi-attack')\ns.close()",
    ),
    connect(
      'pair-dgram-sendto',
      'sendto through a datagram pair (no socket() needed)',
      'a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nreturn True',
    ),
    connect(
      'pair-seqpacket',
      'a seqpacket pair',
      'a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)\nreturn True',
    ),
    connect(
      'pair-bind',
      'give an end of a stream pair an abstract name',
      "a, b = socket.socketpair()\na.bind(chr(0) + 'pungi-attack-2')",
    ),
    connect(
      'pair-reconnect',
      'reconnect an end of a stream pair',
      "a, b = socket.socketpair()\nb.close()\na.shutdown(2)\na.connect(chr(0) + os.environ['BAIT_ABSTRACT'])",
      { unprovable: 'Linux refuses it to everybody: EISCONN' },
    ),
    connect(
      'line-connect',
      "reconnect the worker's own line",
      "s = socket.socket(fileno=os.dup(3))\ns.connect(chr(0) + os.environ['BAIT_ABSTRACT'])",
      { unprovable: 'a bare Python has no line' },
    ),
    onlyRoot(
      connect('raw', 'a raw ICMP socket', 's = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)\ns.close()'),
    ),
    onlyRoot(family('packet', 17, 3, 0)),
    family('netlink', 16, 3, 0),
    family('vsock', 40, 1, 0, 'this kernel may lack the family'),
    family('alg', 38, 5, 0, 'this kernel may lack the family'),
    family('xdp', 44, 3, 0, 'this kernel may lack the family'),
    family('tipc', 30, 1, 0, 'this kernel may lack the family'),
    family('can', 29, 3, 1, 'this kernel may lack the family'),
    family('mptcp', 2, 1, 262, 'this kernel may lack the protocol'),
    family('sctp', 2, 1, 132, 'this kernel may lack the protocol'),
    family('bluetooth', 31, 3, 1, 'this kernel may lack the family'),
    family('rds', 21, 5, 0, 'this kernel may lack the family'),
    family('high-bits', 0x1_0000_0002, 1, 0),
    connect(
      'socket-type-bits',
      'a family hidden behind SOCK_CLOEXEC',
      's = socket.socket(1, 1 | 0o2000000 | 0o4000)\ns.close()',
    ),
    connect(
      'io-uring',
      'io_uring, which does socket calls without system calls',
      'return reach(425, 8, ctypes.create_string_buffer(120))',
    ),
    connect(
      'oob',
      'out-of-band bytes on a Unix pair (CVE-2025-38236)',
      "a, b = socket.socketpair()\nreturn a.send(b'x', socket.MSG_OOB)",
    ),
    connect(
      'attach-filter',
      'a BPF program on a socket',
      "a, b = socket.socketpair()\nb_ = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0))\na.setsockopt(socket.SOL_SOCKET, 26, struct.pack('HxxxxxxQ', 1, ctypes.addressof(b_)))",
    ),
    onlyRoot(
      connect(
        'credentials',
        'credentials of another process',
        "a, b = socket.socketpair()\na.setsockopt(1, 16, 1)\nb.sendmsg([b'x'], [(1, 2, struct.pack('iii', 1, 0, 0))])",
      ),
    ),
  ],
};
