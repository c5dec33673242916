import type { Document } from 'yaml';
import { dividingHint, duplicateKeyAt, duplicateKeyText } from '../cluster/duplicate-key.ts';
import { oneLine } from '../cluster/parse/one-line.ts';
import type { FilePlace } from '../facts/validation.ts';
import type { LineCounter } from './yaml-library.ts';

/** Why a document could not be read. */
export interface ManifestFault extends FilePlace {
  readonly rule: 'yaml-syntax' | 'duplicate-key' | 'glued-objects' | 'plain-list';
  readonly message: string;
  readonly advice: string;
}

type YamlFault = Document.Parsed['errors'][number];

interface Source {
  readonly text: string;
  readonly lines: InstanceType<typeof LineCounter>;
  readonly path: string;
}

const duplicatesShown = 5;

/** The first thing wrong with a document; of keys that stand twice some more, unless whole objects do. */
export function faultsOf(document: Document.Parsed, source: Source): readonly ManifestFault[] {
  const [first, ...more] = document.errors;
  if (first === undefined) {
    return [];
  }
  if (first.code !== 'DUPLICATE_KEY') {
    return [syntaxFault(first, source)];
  }
  const faults = [first, ...more.filter(({ code }) => code === 'DUPLICATE_KEY')].map((fault) =>
    duplicateFault(fault, document.range[0], source),
  );
  const glued = faults.find(({ rule }) => rule === 'glued-objects');
  return glued === undefined ? faults.slice(0, duplicatesShown) : [glued];
}

/** What the aliases of a document come to nothing by, or to far too much. */
export function aliasFault({ message }: Error, begin: number, source: Source): ManifestFault {
  const isBomb = message.startsWith('Excessive alias count');
  return {
    ...placeOf(begin, source),
    rule: 'yaml-syntax',
    message: isBomb
      ? 'its aliases would blow it up to more than anything Kubernetes takes'
      : oneLine(message),
    advice: message.startsWith('Unresolved alias')
      ? 'write out what it stands for: an anchor ends with its document, at ---; nothing in this document was judged'
      : 'write out what the aliases stand for; nothing in this document was judged',
  };
}

/** Objects that stand in a list of their own; a patch or a playbook is such a list too, without an object of ours in it. */
export function listFaults(document: Document.Parsed, source: Source): readonly ManifestFault[] {
  const { contents } = document;
  const entries: readonly unknown[] =
    contents !== null && 'items' in contents ? contents.items : [];
  const hasOurs = entries.some((_, index) =>
    String(document.getIn([index, 'apiVersion'])).startsWith('metallb.io/'),
  );
  return hasOurs
    ? [
        {
          ...placeOf(document.contents?.range[0] ?? 0, source),
          rule: 'plain-list',
          message:
            'objects in a plain list, which kubectl apply does not take; they were not judged',
          advice: 'divide them with ---, or put them under items of a kind: List',
        },
      ]
    : [];
}

function syntaxFault({ message, pos }: YamlFault, source: Source): ManifestFault {
  const place = placeOf(pos[0], source);
  if (message === 'Unexpected flow-map-start at node end') {
    return {
      ...place,
      rule: 'glued-objects',
      message: 'a second object begins here without a line --- before it',
      advice: dividingHint,
    };
  }
  return {
    ...place,
    rule: 'yaml-syntax',
    message: /call stack/.test(message) ? 'it is nested too deeply' : oneLine(message),
    advice: 'this is no YAML, so nothing in this document was judged',
  };
}

function duplicateFault({ pos }: YamlFault, begin: number, source: Source): ManifestFault {
  const above = source.lines.linePos(begin).line - 1;
  const found = duplicateKeyAt(source.text.slice(begin), pos[0] - begin);
  const { firstLine } = found;
  const placed = { ...found, firstLine: firstLine === undefined ? undefined : firstLine + above };
  return {
    ...placeOf(pos[0], source),
    rule: found.beginsObject ? 'glued-objects' : 'duplicate-key',
    message: `${duplicateKeyText(placed)}; kubectl apply keeps the last without a word, kustomize refuses it`,
    advice: found.beginsObject
      ? dividingHint
      : 'keep one of them; nothing in this document was judged',
  };
}

function placeOf(offset: number, { lines, path: file }: Source): FilePlace {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}
