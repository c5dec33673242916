import type { IpAddress } from '../../../facts/ip.ts';
import { groupBytes, resultBytes, sha256Lanes } from './sha256-lanes.ts';
import { instantiate, type Program } from './wasm.ts';

const blockBytes = 64;
/** SHA-256 itself takes one byte and eight for the length. */
const longestMessage = blockBytes - 9;
const pageBytes = 65_536;
const lanes = 4;

/** Nodes whose names have one length: their messages end at the same byte. */
interface LengthClass {
  /** Bytes of a name and the `#`. */
  readonly prefix: number;
  readonly nodes: readonly number[];
  /** Where its groups begin and end, in bytes of the memory; its results follow. */
  readonly groups: number;
  readonly end: number;
}

/** Hashes all nodes of a large cluster with one address at once, four at a time; a node is its place in the list. */
export class LaneHasher {
  readonly #classes: readonly LengthClass[];
  readonly #memory: DataView<ArrayBuffer>;
  readonly #run: Program['run'];

  constructor(names: readonly string[]) {
    this.#classes = classesOf(names);
    const bytes = Math.max(blockBytes, ...this.#classes.map((each) => each.end + resultsOf(each)));
    const { memory, run } = instantiate(sha256Lanes(Math.ceil(bytes / pageBytes)));
    this.#memory = new DataView(memory);
    this.#run = run;
    this.#writeNames(names);
  }

  /** Writes the first 32 bits of each node's hash; gives the nodes that do not fit into one block with this address. */
  hash(address: IpAddress, words: Uint32Array): readonly number[] {
    const tooLong: number[] = [];
    for (const { prefix, nodes, groups, end } of this.#classes) {
      if (prefix + address.length > longestMessage) {
        tooLong.push(...nodes);
        continue;
      }
      this.#writeBlock(addressBlock(address, prefix));
      this.#run(groups, end, 0, end);
      nodes.forEach((node, index) => {
        words[node] = this.#memory.getUint32(end + 4 * index, true);
      });
    }
    return tooLong;
  }

  #writeBlock(block: DataView): void {
    for (let at = 0; at < blockBytes; at += 4) {
      this.#memory.setUint32(at, block.getUint32(at), true);
    }
  }

  #writeNames(names: readonly string[]): void {
    for (const { nodes, groups } of this.#classes.filter(({ prefix }) => prefix < longestMessage)) {
      nodes.forEach((node, index) => {
        const block = blockWith(`${names[node] ?? ''}#`, 0);
        const lane = groups + groupBytes * Math.floor(index / lanes) + 4 * (index % lanes);
        for (let at = 0; at < blockBytes; at += 4) {
          this.#memory.setUint32(lane + lanes * at, block.getUint32(at), true);
        }
      });
    }
  }
}

/** Lays the groups of all classes out behind the one block that they share. */
function classesOf(names: readonly string[]): readonly LengthClass[] {
  const classes: LengthClass[] = [];
  const byPrefix = Map.groupBy(names.keys(), (node) => bytesOf(`${names[node] ?? ''}#`).length);
  let groups = blockBytes;
  for (const [prefix, nodes] of byPrefix) {
    const end = groups + groupBytes * Math.ceil(nodes.length / lanes);
    const length: LengthClass = { prefix, nodes, groups, end };
    classes.push(length);
    groups = end + resultsOf(length);
  }
  return classes;
}

function resultsOf({ nodes }: LengthClass): number {
  return resultBytes * Math.ceil(nodes.length / lanes);
}

/** The end of a message: the address, the bit that ends it, and its length in bits. */
function addressBlock(address: IpAddress, prefix: number): DataView {
  const block = blockWith(address, prefix);
  block.setUint8(prefix + address.length, 0x80);
  block.setUint32(blockBytes - 4, 8 * (prefix + address.length));
  return block;
}

function blockWith(text: string, at: number): DataView {
  const bytes = new Uint8Array(blockBytes);
  bytes.set(bytesOf(text), at);
  return new DataView(bytes.buffer);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
