/** Bytes of a WebAssembly function body or of a part of it. */
export type Code = readonly number[];

/** Pieces of code, one after the other. */
export function joined(...pieces: readonly Code[]): Code {
  return pieces.flat();
}

/** A number without sign in the variable length of the binary format (LEB128). */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const vector = (instruction: number): Code => [0xfd, ...unsigned(instruction)];

/** The instructions used here, by their names in the specification. */
export const instruction = {
  localGet: (local: number): Code => [0x20, ...unsigned(local)],
  localSet: (local: number): Code => [0x21, ...unsigned(local)],
  i32Const: (value: number): Code => [0x41, ...signed(value)],
  i32Add: [0x6a],
  i32LessThan: [0x49],
  /** Runs its body again for as long as that ends in something true. */
  loopWhile: (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b],
  v128Load: (offset: number): Code => [...vector(0), 4, ...unsigned(offset)],
  v128Load32Splat: (offset: number): Code => [...vector(9), 2, ...unsigned(offset)],
  v128Store: [...vector(11), 4, 0],
  v128And: vector(78),
  v128Or: vector(80),
  v128Xor: vector(81),
  i32x4Add: vector(174),
  i32x4ShiftLeft: vector(171),
  i32x4ShiftRight: vector(173),
  i32x4Const: (value: number): Code => {
    const bytes = [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
    return [...vector(12), ...bytes, ...bytes, ...bytes, ...bytes];
  },
} as const;

const magic: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const type = { i32: 0x7f, v128: 0x7b, function: 0x60 } as const;

/** A module with one function `run` of `parameters` integers and vectors for locals, and with an own `memory`. */
export function moduleOf(
  body: Code,
  { parameters, locals, pages }: { parameters: number; locals: number; pages: number },
): Uint8Array<ArrayBuffer> {
  const code = [1, ...unsigned(locals), type.v128, ...body, 0x0b];
  const takes = Array.from({ length: parameters }, () => type.i32);
  return new Uint8Array([
    ...magic,
    ...section(1, [1, type.function, parameters, ...takes, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, [2, ...named('memory'), 2, 0, ...named('run'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function named(name: string): Code {
  const bytes = new TextEncoder().encode(name);
  return [bytes.length, ...bytes];
}

/** A module of `moduleOf` that is ready to run. */
export interface Program {
  readonly memory: ArrayBuffer;
  readonly run: (...parameters: readonly number[]) => void;
}

/** The little of the engine's interface that is needed: Node.js has it, the types of Node.js do not. */
interface Engine {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
    readonly Instance: new (module: object) => {
      readonly exports: { readonly memory: { readonly buffer: ArrayBuffer } } & Pick<
        Program,
        'run'
      >;
    };
  };
}

/** Compiles a module; takes less than a millisecond for 20 KB. */
export function instantiate(bytes: Uint8Array<ArrayBuffer>): Program {
  const { WebAssembly } = globalThis as unknown as Engine;
  const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  return { memory: memory.buffer, run };
}
