import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UsageError } from '../../facts/errors.ts';
import { fileFailure } from '../../facts/file-failure.ts';
import { isLogFile } from './dump-logs.ts';

/** A file, and its place within the dump, with `/` between the parts. */
export interface DumpFile {
  readonly path: string;
  readonly relativePath: string;
}

/** The files of a dump that can be read, in one order, and how many others lie about. */
export interface DumpFiles {
  readonly objects: readonly DumpFile[];
  readonly logs: readonly DumpFile[];
  readonly others: readonly string[];
}

/** True when `path` names a directory; a path that is not there is a usage error. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${fileFailure(cause)}`);
  }
}

/** Looks through a directory and all below it. */
export async function findDumpFiles(directory: string): Promise<DumpFiles> {
  const entries = await entriesBelow(directory);
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const relativePaths = paths.map((path) => ({
    path,
    relativePath: relative(directory, path).replaceAll('\\', '/'),
  }));
  const logs = relativePaths.filter(({ relativePath }) => isLogFile(relativePath));
  const objects = relativePaths.filter(({ relativePath }) =>
    /\.(ya?ml|json)(\.gz)?$/i.test(relativePath),
  );
  const read = new Set([...logs, ...objects]);
  return {
    objects,
    logs,
    others: relativePaths
      .filter((entry) => !read.has(entry))
      .map(({ relativePath }) => relativePath),
  };
}

/** A folder below may vanish meanwhile, or be closed to us. */
async function entriesBelow(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (cause) {
    const path = cause instanceof Error && 'path' in cause ? `${String(cause.path)}: ` : '';
    throw new UsageError(
      `${directory} could not be read to its end: ${path}${fileFailure(cause)}`,
      {
        suggestions: ['name the folder of the dump alone'],
      },
    );
  }
}
