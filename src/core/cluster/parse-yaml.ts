import { LineCounter, parseAllDocuments } from 'yaml';
import { UsageError } from '../facts/errors.ts';

// Imported by name here, and this file only on demand: bundlers lose the names of a CommonJS package that is
// itself imported on demand.

/** The documents of a YAML stream; what is no YAML is refused with file and line. */
export function parseYamlStream(content: string, path: string): readonly unknown[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(content, {
    // the core schema of YAML 1.2 knows no dates: times stay the texts they are
    schema: 'core',
    lineCounter,
    logLevel: 'silent',
    prettyErrors: false,
    uniqueKeys: false,
  });
  return [...documents].map((document) => {
    const error = document.errors[0];
    if (error !== undefined) {
      throw notYaml(`${path} line ${lineCounter.linePos(error.pos[0]).line}`, error);
    }
    try {
      return document.toJS({ maxAliasCount: 1000 });
    } catch (cause) {
      throw notYaml(path, cause);
    }
  });
}

function notYaml(place: string, cause: unknown): UsageError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new UsageError(`${place} is neither YAML nor JSON: ${message.split('\n', 1)[0]}`, {
    cause,
  });
}
