import { constants, open } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UsageError } from '../../facts/errors.ts';
import { fileFailure } from '../../facts/file-failure.ts';
import { decodedText } from '../decoded-text.ts';

const unzip = promisify(gunzip);
const opened = promisify(open);
/** A recording of 5,000 Services has a tenth of it; what unpacks to more is none. */
const largestBytes = 480 * 1024 * 1024;

/** What the person is told was read. */
export function calledAs(path: string): string {
  return path === '-' ? 'stdin' : path;
}

/** The text of a file, unzipped where it is zipped; `-` is stdin. A pipe may never end: the signal stops it. */
export async function readContent(path: string, signal?: AbortSignal): Promise<string> {
  const bytes =
    path === '-' ? await readStream(process.stdin, signal) : await readBytes(path, signal);
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = isZipped ? await unzipped(calledAs(path), bytes) : bytes;
  if (content.length > largestBytes) {
    throw tooLarge(calledAs(path));
  }
  return decodedText(content);
}

async function readBytes(path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  try {
    const isPipe = (await stat(path)).isFIFO();
    return isPipe ? await readPipe(path, signal) : await readFile(path, { signal });
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${fileFailure(cause)}`);
  }
}

/** To open a pipe as a file blocks until somebody writes, and nothing can end that. */
async function readPipe(path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  // a handle would close the descriptor that the socket takes over
  const fd = await opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return await readStream(new Socket({ fd, readable: true, writable: false }), signal);
}

async function readStream(stream: Readable, signal: AbortSignal | undefined): Promise<Buffer> {
  return await buffer(signal === undefined ? stream : addAbortSignal(signal, stream));
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
