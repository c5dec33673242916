import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UsageError } from '../../facts/errors.ts';

const unzip = promisify(gunzip);
/** A recording of 5,000 Services has a tenth of it; what unpacks to more is none. */
const largestBytes = 480 * 1024 * 1024;

/** The text of a file, unzipped where it is zipped; `-` is stdin. */
export async function readContent(path: string): Promise<string> {
  const bytes = path === '-' ? await buffer(process.stdin) : await readBytes(path);
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = isZipped ? await unzipped(path, bytes) : bytes;
  if (content.length > largestBytes) {
    throw tooLarge(path);
  }
  const text = content.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${path} cannot be read: ${reason}`, { cause });
  }
}

async function unzipped(path: string, bytes: Buffer): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: largestBytes });
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw tooLarge(path);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${path} is damaged or cut off: ${reason}`, {
      cause,
      suggestions: ['copy it again, or record it anew: triage snapshot -o FILE'],
    });
  }
}

function tooLarge(path: string): UsageError {
  return new UsageError(`${path} is too large: more than ${largestBytes / 1024 / 1024} MiB`);
}
