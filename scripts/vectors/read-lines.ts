import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { VectorFileError } from './vector-line.ts';
import type { VectorLine } from './vector-line.ts';

/** Every line of a file that is not blank; told to be compressed by its first bytes, not by its name. */
export function linesOf(file: string): readonly VectorLine[] {
  const lines = textOf(file)
    .split('\n')
    .map((text, index) => ({ file, number: index + 1, text }))
    .filter(({ text }) => text.trim() !== '');
  if (lines.length === 0) {
    throw new VectorFileError(`${file}: holds no case`);
  }
  return lines;
}

function textOf(file: string): string {
  const bytes = triedOn(file, 'cannot be read', () => readFileSync(file));
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isCompressed ? triedOn(file, 'is no whole gzip', () => gunzipSync(bytes)) : bytes;
  return plain.toString('utf8');
}

function triedOn<Result>(file: string, what: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VectorFileError(`${file}: ${what} (${why})`, { cause: error });
  }
}
