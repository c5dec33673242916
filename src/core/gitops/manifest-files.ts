import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodedText } from '../cluster/decoded-text.ts';
import { shellWord } from '../facts/shell-word.ts';
import { OutsideError, UsageError } from '../facts/errors.ts';
import { fileFailure } from '../facts/file-failure.ts';

/** A file of manifests, as the person would name it. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
  /** Why it was not read; undefined when it was. */
  readonly unread?: string;
}

const manifestName = /\.(?:ya?ml|json)$/i;
const largestBytes = 32 * 1024 * 1024;

/** Files, all manifests below a folder, or what comes by pipe. Hidden folders and node_modules are left out. */
export async function readManifests(
  paths: readonly string[],
  stdin: NodeJS.ReadableStream,
): Promise<readonly ManifestFile[]> {
  await refuseFolders(paths);
  const files: ManifestFile[] = [];
  for (const path of new Set(paths)) {
    files.push(...(await manifestsAt(path, stdin)));
  }
  return files;
}

/** Two folders are mostly two clusters, whose ranges may well be the same. */
async function refuseFolders(paths: readonly string[]): Promise<void> {
  const named = paths.length > 1 ? paths.filter((path) => path !== '-') : [];
  const found = await Promise.all(named.map(async (path) => ({ path, kind: await kindOf(path) })));
  const folder = found.find(({ kind }) => kind === 'folder');
  if (folder !== undefined) {
    throw new UsageError(
      `${folder.path} is a folder: several files are judged together, a folder alone, as one cluster`,
      { suggestions: [`triage validate ${shellWord(folder.path)}`] },
    );
  }
}

async function manifestsAt(
  path: string,
  stdin: NodeJS.ReadableStream,
): Promise<readonly ManifestFile[]> {
  if (path === '-') {
    return [{ path: '-', text: await textOf(stdin) }];
  }
  const found = await kindOf(path);
  const paths = found === 'folder' ? await manifestsBelow(path) : [path];
  const files: ManifestFile[] = [];
  // one by one: a large repository has more files than a process may hold open
  for (const each of paths) {
    files.push(found === 'folder' ? await oneOfMany(each) : await fileAt(each));
  }
  return files;
}

async function fileAt(path: string): Promise<ManifestFile> {
  return { path, text: await contentOf(path) };
}

/** One file that cannot be read is no reason to say nothing of the others. */
async function oneOfMany(path: string): Promise<ManifestFile> {
  try {
    return await fileAt(path);
  } catch (error) {
    if (error instanceof OutsideError || error instanceof UsageError) {
      return { path, text: '', unread: whyUnread(error) };
    }
    throw error;
  }
}

function whyUnread({ cause, message }: Error): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = new Map([
    ['ENOENT', 'there is no such file'],
    ['EISDIR', 'it is a folder'],
    ['EACCES', 'reading it is not allowed'],
  ]);
  return known.get(code) ?? (code === '' ? message : `it cannot be read (${code})`);
}

async function textOf(stdin: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > largestBytes) {
      throw tooLarge('stdin');
    }
  }
  return decodedText(Buffer.concat(chunks));
}

function tooLarge(what: string): UsageError {
  return new UsageError(`${what} is larger than 32 MiB; no manifest is`);
}

async function kindOf(path: string): Promise<'folder' | 'file'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${fileFailure(cause)}`);
  }
}

async function manifestsBelow(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  if (entries === undefined) {
    return [folder];
  }
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') {
        return [];
      }
      if (entry.isDirectory()) {
        return await manifestsBelow(path);
      }
      return manifestName.test(entry.name) ? [path] : [];
    }),
  );
  return nested.flat().toSorted();
}

/** Undefined: it may not be looked into, which reading it as a file will tell. */
async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > largestBytes) {
      throw tooLarge(path);
    }
    return decodedText(await readFile(path));
  } catch (cause) {
    if (cause instanceof UsageError) {
      throw cause;
    }
    throw new OutsideError(`${path} cannot be read`, { cause });
  }
}
