import { instruction, joined, moduleOf, type Code } from './wasm.ts';

const { localGet, localSet, i32Const, i32Add, i32LessThan, loopWhile } = instruction;
const { v128Load, v128Load32Splat, v128Store, v128And, v128Or, v128Xor } = instruction;
const { i32x4Const, i32x4Add, i32x4ShiftLeft, i32x4ShiftRight } = instruction;

/** Bytes of one group: sixteen words of four messages each. */
export const groupBytes = 256;
/** Bytes of what comes out of one group: the first word of four hashes. */
export const resultBytes = 16;

/** Parameters of `run`, all byte offsets: the first group, the end of the groups, the shared block, the results. */
const [group, end, block, result] = [0, 1, 2, 3] as const;
const parameters = 4;
const word = (index: number): number => parameters + (index % 16);
const state = Array.from({ length: 8 }, (_, index) => parameters + 16 + index);
const sum = parameters + 24;

/**
 * A WebAssembly program that gives the first 32 bits of SHA-256 (FIPS 180-4) of messages of one block, four at a time.
 * Each message is the bitwise or of a group's lane and the shared block, so that names stand ready and only addresses change.
 */
export function sha256Lanes(pages: number): Uint8Array<ArrayBuffer> {
  const body = joined(
    ...Array.from({ length: 16 }, (_, index) => readWord(index)),
    ...state.map((local, index) => joined(i32x4Const(initial[index] ?? 0), localSet(local))),
    ...Array.from({ length: 64 }, (_, index) => round(index)),
    writeResult(),
    joined(localGet(group), i32Const(groupBytes), i32Add, localSet(group)),
    joined(localGet(group), localGet(end), i32LessThan),
  );
  return moduleOf(loopWhile(body), { parameters, locals: 25, pages });
}

function readWord(index: number): Code {
  return joined(
    joined(localGet(group), v128Load(16 * index)),
    joined(localGet(block), v128Load32Splat(4 * index)),
    joined(v128Or, localSet(word(index))),
  );
}

function writeResult(): Code {
  const [first = 0] = state;
  return joined(
    joined(localGet(result), localGet(first), i32x4Const(initial[0] ?? 0), i32x4Add, v128Store),
    joined(localGet(result), i32Const(resultBytes), i32Add, localSet(result)),
  );
}

/** One of the 64 rounds. Instead of moving eight variables on, the next round gives them other names. */
function round(index: number): Code {
  const local = (place: number): number => state[(place - (index % 8) + 8) % 8] ?? 0;
  const variable = (place: number): Code => localGet(local(place));
  const [a, b, c, d] = [variable(0), variable(1), variable(2), variable(3)];
  const [e, f, g, h] = [variable(4), variable(5), variable(6), variable(7)];
  const choice = joined(g, e, f, g, v128Xor, v128And, v128Xor);
  const majority = joined(a, b, v128And, c, a, b, v128Or, v128And, v128Or);
  return joined(
    index < 16 ? [] : expandWord(index),
    joined(h, localGet(word(index)), i32x4Add, i32x4Const(constants[index] ?? 0), i32x4Add),
    joined(mixed(e, [6, 11, 25]), i32x4Add, choice, i32x4Add, localSet(sum)),
    joined(d, localGet(sum), i32x4Add, localSet(local(3))),
    joined(localGet(sum), mixed(a, [2, 13, 22]), i32x4Add, majority, i32x4Add),
    localSet(local(7)),
  );
}

function expandWord(index: number): Code {
  const before = (distance: number): Code => localGet(word(index - distance));
  const [older, newer] = [before(15), before(2)];
  return joined(
    joined(before(16), before(7), i32x4Add),
    joined(rotated(older, 7), rotated(older, 18), v128Xor, shifted(older, 3), v128Xor, i32x4Add),
    joined(rotated(newer, 17), rotated(newer, 19), v128Xor, shifted(newer, 10), v128Xor, i32x4Add),
    localSet(word(index)),
  );
}

function mixed(value: Code, [first, second, third]: readonly [number, number, number]): Code {
  const two = joined(rotated(value, first), rotated(value, second), v128Xor);
  return joined(two, rotated(value, third), v128Xor);
}

function rotated(value: Code, bits: number): Code {
  return joined(shifted(value, bits), value, i32Const(32 - bits), i32x4ShiftLeft, v128Or);
}

function shifted(value: Code, bits: number): Code {
  return joined(value, i32Const(bits), i32x4ShiftRight);
}

const primes = firstPrimes(64);
/** The first 32 bits of the fractions of the cube roots, and of the square roots, of the first primes. */
const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) {
      found.push(candidate);
    }
  }
  return found;
}
