import { ipv6Bytes } from '../ndp.ts';

/** One instruction of classic BPF, as the kernel takes it. */
export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** Which frames the kernel hands to us: those that say something of these addresses. */
export interface FilterQuestion {
  /** Who has one of them is of interest. */
  readonly addresses: readonly string[];
  /** Also those who ask whether this address is free, and who asks from it by NDP. */
  readonly probed?: string;
}

/** The codes of the instructions that are used; A is the one register. */
export const bpf = {
  loadByte: 0x30,
  loadHalf: 0x28,
  loadWord: 0x20,
  loadLength: 0x80,
  jumpEqual: 0x15,
  jumpAtLeast: 0x35,
  give: 0x06,
} as const;

/** Offsets beyond the frame: what the kernel knows of it besides its bytes. */
export const ancillary = { packetType: 0xfffff004, vlanTagPresent: 0xfffff030 } as const;

const packetTypes = { otherHost: 3, outgoing: 4 } as const;
const wholeFrame = 0x40000;

/**
 * ARP for IPv4 over Ethernet whose sender has one of the addresses. Jumps are eight bits wide, so each comparison has
 * its own way out beside it.
 */
export function arpFilter({ addresses, probed }: FilterQuestion): readonly Instruction[] {
  return [
    ...onlyForUs(42),
    ...mustBe(bpf.loadHalf, 12, 0x0806),
    ...mustBe(bpf.loadWord, 14, 0x00010800),
    ...mustBe(bpf.loadHalf, 18, 0x0604),
    load(bpf.loadHalf, 20),
    { code: bpf.jumpEqual, jt: 2, jf: 0, k: 1 },
    { code: bpf.jumpEqual, jt: 1, jf: 0, k: 2 },
    give(0),
    load(bpf.loadWord, 28),
    ...addresses.flatMap((address) => takeIf(ipv4Number(address))),
    ...(probed === undefined
      ? []
      : [
          ...mustEqual(0),
          ...mustBe(bpf.loadHalf, 20, 1),
          load(bpf.loadWord, 38),
          ...takeIf(ipv4Number(probed)),
        ]),
    give(0),
  ];
}

/** Neighbour advertisements about the addresses, by the last 32 bits of each; the rest is compared later. */
export function ndpFilter({ addresses, probed }: FilterQuestion): readonly Instruction[] {
  const advertised = [
    load(bpf.loadWord, 74),
    ...addresses.flatMap((address) => takeIf(lastWordOf(address))),
    give(0),
  ];
  const solicited =
    probed === undefined
      ? [give(0)]
      : [
          ...mustBe(bpf.loadByte, 54, 135),
          load(bpf.loadWord, 74),
          ...takeIf(lastWordOf(probed)),
          load(bpf.loadWord, 34),
          ...takeIf(lastWordOf(probed)),
          give(0),
        ];
  return [
    ...onlyForUs(78),
    ...mustBe(bpf.loadHalf, 12, 0x86dd),
    ...mustBe(bpf.loadByte, 20, 58),
    ...mustBe(bpf.loadByte, 21, 255),
    ...mustBe(bpf.loadByte, 55, 0),
    load(bpf.loadByte, 54),
    { code: bpf.jumpEqual, jt: 0, jf: advertised.length, k: 136 },
    ...advertised,
    ...solicited,
  ];
}

/** Instructions as the kernel reads them: `struct sock_filter`, in the byte order of the machine. */
export function filterBytes(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, { code, jt, jf, k }] of program.entries()) {
    view.setUint16(index * 8, code, isLittleEndian);
    view.setUint8(index * 8 + 2, jt);
    view.setUint8(index * 8 + 3, jf);
    view.setUint32(index * 8 + 4, k, isLittleEndian);
  }
  return bytes;
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Not what this host sends, not what is for others, not of a VLAN that ends elsewhere. */
function onlyForUs(leastLength: number): readonly Instruction[] {
  return [
    load(bpf.loadByte, ancillary.packetType),
    ...mustDiffer(packetTypes.outgoing),
    ...mustDiffer(packetTypes.otherHost),
    ...mustBe(bpf.loadByte, ancillary.vlanTagPresent, 0),
    load(bpf.loadLength, 0),
    { code: bpf.jumpAtLeast, jt: 1, jf: 0, k: leastLength },
    give(0),
  ];
}

function load(code: number, k: number): Instruction {
  return { code, jt: 0, jf: 0, k };
}

function give(k: number): Instruction {
  return { code: bpf.give, jt: 0, jf: 0, k };
}

function mustBe(code: number, offset: number, value: number): readonly Instruction[] {
  return [load(code, offset), ...mustEqual(value)];
}

function mustEqual(k: number): readonly Instruction[] {
  return [{ code: bpf.jumpEqual, jt: 1, jf: 0, k }, give(0)];
}

function mustDiffer(k: number): readonly Instruction[] {
  return [{ code: bpf.jumpEqual, jt: 0, jf: 1, k }, give(0)];
}

function takeIf(k: number): readonly Instruction[] {
  return [{ code: bpf.jumpEqual, jt: 0, jf: 1, k }, give(wholeFrame)];
}

function ipv4Number(address: string): number {
  return address.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

function lastWordOf(address: string): number {
  return ipv6Bytes(address)
    .slice(12)
    .reduce((value, byte) => value * 256 + byte, 0);
}
