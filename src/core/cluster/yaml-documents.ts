import { UsageError } from '../facts/errors.ts';
import { dividingHint, duplicateKeyAt, duplicateKeyText } from './duplicate-key.ts';
import { oneLine } from './parse/one-line.ts';

/** Numbers of a pool's status: 64-bit integers, which would be rounded. */
const poolCount = /^(\s*(?:assigned|available)IPv[46]:\s*)(-?\d+)\s*$/gm;

/** The documents of a YAML stream, times left the texts they are; what is no YAML is refused with file and line. */
export async function yamlDocuments(content: string, file: string): Promise<readonly unknown[]> {
  const path = file === '-' ? 'stdin' : file;
  const { CORE_SCHEMA, loadAll, YAMLException } = await import('js-yaml');
  const readable = content.replace(poolCount, '$1"$2"');
  try {
    // the core schema of YAML 1.2 knows no dates
    return loadAll(readable, { schema: CORE_SCHEMA });
  } catch (cause) {
    if (cause instanceof YAMLException && cause.reason === 'duplicated mapping key') {
      throw duplicateKey({ content: readable, position: cause.mark?.position ?? 0, path });
    }
    const line = cause instanceof YAMLException ? cause.mark?.line : undefined;
    const place = line === undefined ? path : `${path} line ${line + 1}`;
    if (line !== undefined && isNextObject(content, line)) {
      throw new UsageError(`${place}: a second object begins here without a line --- before it`, {
        suggestions: [dividingHint],
      });
    }
    const guess = guessOf(content, line);
    const reason = oneLine(reasonOf(cause));
    // the library's own error draws the lines around the place, which is nothing for a sentence
    throw new UsageError(`${place} is neither YAML nor JSON: ${reason}${guess}`, {
      cause: new Error(reason),
    });
  }
}

interface Stumble {
  readonly content: string;
  readonly position: number;
  readonly path: string;
}

function duplicateKey({ content, position, path }: Stumble): UsageError {
  const found = duplicateKeyAt(content, position);
  return new UsageError(`${path} line ${found.line}: ${duplicateKeyText(found)}`, {
    suggestions: found.beginsObject ? [dividingHint] : [],
  });
}

/** JSON after JSON: the line that the parser gives up on begins with a brace, and so does the whole. */
function isNextObject(content: string, line: number): boolean {
  const object = /^\{(?!\{)/;
  const later = content.split('\n')[line] ?? '';
  return line > 0 && object.test(content.trimStart()) && object.test(later);
}

function guessOf(content: string, line: number | undefined): string {
  if (/^[^#]*\{\{/m.test(content)) {
    return ' (it seems to be a template of Helm: record what helm template makes of it)';
  }
  return seemsCutOff(content, line) ? ' (it seems cut off)' : '';
}

/** What breaks off in its very last lines, and without a line break, is no slip of whoever wrote it. */
function seemsCutOff(content: string, line: number | undefined): boolean {
  const last = content.split('\n').length - 1;
  return !content.endsWith('\n') && line !== undefined && line >= last - 1;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && 'reason' in cause && typeof cause.reason === 'string') {
    return cause.reason;
  }
  return cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : String(cause);
}
