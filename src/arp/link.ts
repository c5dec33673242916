import type koffi from 'koffi';
import type { TypeObject } from 'koffi';
import { filterBytes, type Instruction } from './socket/filter.ts';
import type { Link, LinkLosses, LinkOpening, LinkRefusal, OpenLink, Sending } from './link-port.ts';
import * as numbers from './socket/socket-numbers.ts';

type Koffi = typeof koffi;
type Libc = ReturnType<typeof bindLibc>;
type PollHandle = ReturnType<Koffi['node']['poll']>;

const { errors, options } = numbers;
const wantedBuffer = 8 * 1024 * 1024;
/** So many frames are read before other work has its turn. */
const framesAtOnce = 64;
/** So many are read at the end, of those that arrived while a busy machine had no time for them. */
const framesAtTheEnd = 8_192;

/**
 * Links that are open. koffi's handle stops without a word once nobody refers to it, so each is kept here until it is
 * closed, whatever its callback happens to refer to.
 */
const open = new Set<PacketLink>();

let loaded: Promise<Libc | LinkRefusal> | undefined;

/** Opens a packet socket that waits in the event loop. koffi is loaded by the first call and not before. */
export const openLink: OpenLink = async (opening) => {
  loaded ??= loadLibc();
  const libc = await loaded;
  return 'refused' in libc ? libc : openOn(libc, opening);
};

async function loadLibc(): Promise<Libc | LinkRefusal> {
  if (process.platform !== 'linux') {
    return {
      refused: 'not-here',
      says: `raw sockets are read on Linux only, not on ${process.platform}`,
    };
  }
  try {
    const library = await import('koffi');
    return bindLibc(library.default);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return {
      refused: 'not-here',
      says: `the package koffi, which opens raw sockets, cannot be loaded: ${why}`,
    };
  }
}

/** No `ssize_t`: koffi does not know it, and refuses the whole declaration. */
function bindLibc(koffi: Koffi) {
  const lib = koffi.load(null);
  const program = koffi.pointer(koffi.struct({ count: 'uint16', instructions: 'uint8_t *' }));
  const call = (name: string, result: string, parameters: (string | TypeObject)[]) => {
    const bound = lib.func(name, result, parameters);
    return (...values: readonly unknown[]): number => Number(bound(...values));
  };
  return {
    poll: koffi.node.poll,
    errno: (): number => koffi.errno(),
    socket: call('socket', 'int', ['int', 'int', 'int']),
    setOption: call('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint32']),
    getOption: call('getsockopt', 'int', ['int', 'int', 'int', 'void *', 'void *']),
    attach: call('setsockopt', 'int', ['int', 'int', 'int', program, 'uint32']),
    bind: call('bind', 'int', ['int', 'void *', 'uint32']),
    boundTo: call('getsockname', 'int', ['int', 'void *', 'void *']),
    receive: call('recv', 'long', ['int', 'void *', 'size_t', 'int']),
    send: call('send', 'long', ['int', 'void *', 'size_t', 'int']),
    close: call('close', 'int', ['int']),
    interfaceIndex: call('if_nametoindex', 'unsigned int', ['const char *']),
  };
}

function openOn(libc: Libc, opening: LinkOpening): Link | LinkRefusal {
  const index = libc.interfaceIndex(opening.name);
  if (index === 0 || (opening.index !== undefined && opening.index !== index)) {
    return noInterface(opening, index);
  }
  // protocol 0: nothing is received before the filter is in place
  const descriptor = libc.socket(numbers.packetSocket.family, numbers.packetSocket.type, 0);
  if (descriptor < 0) {
    return socketRefusal(libc.errno());
  }
  const refusal = prepare(libc, descriptor, { ...opening, index });
  if ('refused' in refusal) {
    libc.close(descriptor);
    return refusal;
  }
  return new PacketLink(libc, { descriptor, mac: refusal.mac, onFrame: opening.onFrame });
}

/** Filter, room for bursts, then bound; in this order no frame of others is ever seen. */
function prepare(
  libc: Libc,
  descriptor: number,
  { name, index, etherType, filter }: LinkOpening & { readonly index: number },
): { readonly mac: string } | LinkRefusal {
  if (attachFilter(libc, descriptor, filter) < 0) {
    return failed('the kernel refuses the filter', libc.errno());
  }
  growBuffer(libc, descriptor);
  if (libc.bind(descriptor, numbers.socketAddress(index, etherType), 20) < 0) {
    const error = libc.errno();
    return error === errors.ENODEV || error === errors.ENXIO
      ? noInterface({ name, index }, 0)
      : failed(`cannot listen on ${name}`, error);
  }
  const address = new Uint8Array(20);
  libc.boundTo(descriptor, address, numbers.intBytes(address.length));
  const hardware = numbers.parseHardware(address);
  return hardware.isEthernet
    ? { mac: hardware.mac }
    : { refused: 'not-ethernet', says: `${name} is not Ethernet (hardware type ${hardware.type})` };
}

function attachFilter(libc: Libc, descriptor: number, filter: readonly Instruction[]): number {
  const { level, attachFilter: option } = options.socket;
  const program = { count: filter.length, instructions: filterBytes(filter) };
  return libc.attach(descriptor, level, option, program, 16);
}

/** Beyond the system's limit takes CAP_NET_ADMIN; without it as much as everybody gets. */
function growBuffer(libc: Libc, descriptor: number): void {
  const { level, receiveBuffer, forceReceiveBuffer } = options.socket;
  const size = numbers.intBytes(wantedBuffer);
  if (libc.setOption(descriptor, level, forceReceiveBuffer, size, 4) < 0) {
    libc.setOption(descriptor, level, receiveBuffer, size, 4);
  }
}

class PacketLink implements Link {
  readonly mac: string;
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly #onFrame: (frame: Uint8Array) => void;
  readonly #buffer = new Uint8Array(2_048);
  #handle: PollHandle | undefined;
  #downs = 0;
  #unread = 0;

  constructor(
    libc: Libc,
    opened: Pick<Link, 'mac'> & Pick<LinkOpening, 'onFrame'> & { readonly descriptor: number },
  ) {
    this.#libc = libc;
    this.mac = opened.mac;
    this.#descriptor = opened.descriptor;
    this.#onFrame = opened.onFrame;
    this.#handle = libc.poll(opened.descriptor, { readable: true }, this.#onReady);
    open.add(this);
  }

  send(frame: Uint8Array): Sending {
    if (this.#handle === undefined) {
      return 'gone';
    }
    if (this.#libc.send(this.#descriptor, frame, frame.length, 0) >= 0) {
      return 'sent';
    }
    return sendings.get(this.#libc.errno()) ?? 'failed';
  }

  losses(): LinkLosses {
    this.#countUnread();
    return { downs: this.#downs, unread: this.#unread };
  }

  close(): void {
    if (this.#handle === undefined) {
      return;
    }
    this.#drain(framesAtTheEnd);
    this.#countUnread();
    this.#handle.close();
    this.#handle = undefined;
    this.#libc.close(this.#descriptor);
    open.delete(this);
  }

  /**
   * koffi calls it with a status and the events, whatever its types say. A status below zero (the interface went down)
   * means that libuv has stopped to look; unless it is started again, nothing arrives any more.
   */
  #onReady = (...told: readonly unknown[]): void => {
    this.#drain(framesAtOnce);
    const [status] = told;
    if (typeof status === 'number' && status < 0 && this.#handle !== undefined) {
      this.#handle.stop();
      this.#handle.start({ readable: true }, this.#onReady);
    }
  };

  #drain(most: number): void {
    for (let frames = 0; frames < most && this.#handle !== undefined; frames += 1) {
      const length = this.#libc.receive(this.#descriptor, this.#buffer, this.#buffer.length, 0);
      if (length < 0) {
        this.#downs += this.#libc.errno() === errors.ENETDOWN ? 1 : 0;
        return;
      }
      this.#onFrame(this.#buffer.subarray(0, length));
    }
  }

  /** The kernel forgets the number when it is read. */
  #countUnread(): void {
    if (this.#handle !== undefined) {
      const { level, statistics } = options.packet;
      const told = new Uint8Array(8);
      this.#libc.getOption(this.#descriptor, level, statistics, told, numbers.intBytes(8));
      this.#unread += numbers.parseDrops(told);
    }
  }
}

const sendings: ReadonlyMap<number, Sending> = new Map([
  [errors.ENETDOWN, 'down'],
  [errors.ENXIO, 'gone'],
  [errors.ENODEV, 'gone'],
  [errors.ENOBUFS, 'full'],
  [errors.EAGAIN, 'full'],
]);

function socketRefusal(error: number): LinkRefusal {
  if (error === errors.EPERM || error === errors.EACCES) {
    return { refused: 'no-right', says: 'the capability CAP_NET_RAW is missing' };
  }
  return error === errors.EAFNOSUPPORT
    ? { refused: 'not-here', says: 'this kernel has no packet sockets' }
    : failed('the kernel gives no packet socket', error);
}

function noInterface(
  { name, index }: Pick<LinkOpening, 'name' | 'index'>,
  found: number,
): LinkRefusal {
  const says =
    found === 0
      ? `there is no interface ${name} any more`
      : `${name} is interface ${found} here and ${index} for the program ip: they look at different network namespaces`;
  return { refused: 'no-interface', says };
}

function failed(what: string, error: number): LinkRefusal {
  return { refused: 'failed', says: `${what} (error ${error})` };
}
