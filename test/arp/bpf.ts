import { ancillary, bpf, type Instruction } from '../../src/arp/socket/filter.ts';

/** What the kernel knows of a frame besides its bytes. */
export interface Received {
  readonly frame: Uint8Array;
  readonly packetType?: number;
  readonly vlanTagPresent?: boolean;
}

/** Runs a filter as the kernel would: how many bytes of the frame it lets through. */
export function runFilter(program: readonly Instruction[], received: Received): number {
  const { frame } = received;
  let register = 0;
  for (let at = 0; at < program.length; at += 1) {
    const { code, jt, jf, k } = program[at] as Instruction;
    switch (code) {
      case bpf.give:
        return k;
      case bpf.jumpEqual:
        at += register === k ? jt : jf;
        break;
      case bpf.jumpAtLeast:
        at += register >= k ? jt : jf;
        break;
      case bpf.loadLength:
        register = frame.length;
        break;
      default: {
        const loaded = load(code, k, received);
        // the kernel gives up on a load beyond the frame
        if (loaded === undefined) {
          return 0;
        }
        register = loaded;
      }
    }
  }
  throw new Error('the filter runs off its end');
}

const sizes: ReadonlyMap<number, number> = new Map([
  [bpf.loadByte, 1],
  [bpf.loadHalf, 2],
  [bpf.loadWord, 4],
]);

function load(code: number, offset: number, received: Received): number | undefined {
  const { frame, packetType = 0, vlanTagPresent = false } = received;
  if (offset === ancillary.packetType) {
    return packetType;
  }
  if (offset === ancillary.vlanTagPresent) {
    return Number(vlanTagPresent);
  }
  const size = sizes.get(code);
  if (size === undefined) {
    throw new Error(`unknown instruction ${code}`);
  }
  if (offset + size > frame.length) {
    return undefined;
  }
  let value = 0;
  for (let index = 0; index < size; index += 1) {
    value = value * 256 + (frame[offset + index] ?? 0);
  }
  return value;
}
