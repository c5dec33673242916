import { keyIn } from './key.ts';
import { literalBlock } from './literal.ts';
import { doubleQuoted, folded, plainScalar, singleQuoted } from './scalar.ts';

/**
 * The documents of a YAML stream as kubectl prints it: block lists and maps, plain, quoted and literal texts.
 * Undefined when anything else occurs, which the full parser then has to judge. Twenty times as fast as that.
 */
export function plainYamlDocuments(content: string): readonly unknown[] | undefined {
  const text = content.replaceAll('\r\n', '\n');
  if (spacesOnlyToJavaScript.test(text)) {
    return undefined;
  }
  const parser = new PlainYaml(text.split('\n'));
  const documents = parser.documents();
  return parser.isStrange ? undefined : documents;
}

/** Trimmed by JavaScript, but not by YAML. */
const spacesOnlyToJavaScript =
  /[\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

/** A line that begins a value: what stands in it, and how far it is indented. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

const wholeSingleQuoted = /^'(?:[^']|'')*'\s*(?:\s#.*)?$/;
const wholeDoubleQuoted = /^"(?:[^"\\]|\\.)*"\s*(?:\s#.*)?$/s;
const isItem = /^-(?:\s|$)/;

class PlainYaml {
  isStrange = false;
  readonly #lines: string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = [...lines];
  }

  documents(): readonly unknown[] {
    const documents: unknown[] = [];
    while (this.#peek() !== undefined) {
      if (/^(?:---|\.\.\.)\s*(?:#.*)?$/.test(this.#lines[this.#at] ?? '')) {
        this.#at += 1;
      } else {
        documents.push(this.#node(0));
        const next = this.#lines[this.#at] ?? '---';
        if (this.#peek() !== undefined && !/^(?:---|\.\.\.)/.test(next)) {
          this.#giveUp();
        }
      }
    }
    return documents;
  }

  #giveUp(): null {
    this.isStrange = true;
    this.#at = this.#lines.length;
    return null;
  }

  /** The next line that is neither empty nor a comment. */
  #peek(): Line | undefined {
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      const text = line.trimStart();
      if (text !== '' && !text.startsWith('#')) {
        // where tabs may stand is a science of its own; kubectl has them in literal texts only
        if (line.includes('\t')) {
          this.#giveUp();
          return undefined;
        }
        return { indent: line.length - text.length, text: text.trimEnd() };
      }
    }
    return undefined;
  }

  #node(leastIndent: number): unknown {
    const line = this.#peek();
    if (line === undefined || line.indent < leastIndent) {
      return null;
    }
    const raw = this.#lines[this.#at] ?? '';
    if (/^(?:---|\.\.\.|%)/.test(raw)) {
      return this.#giveUp();
    }
    if (isItem.test(line.text)) {
      return this.#list(line.indent);
    }
    if (keyIn(line.text) !== undefined) {
      return this.#map(line.indent);
    }
    this.#at += 1;
    return this.#value(line.text, leastIndent - 1);
  }

  #list(indent: number): unknown {
    const items: unknown[] = [];
    for (;;) {
      const line = this.#peek();
      if (line === undefined || line.indent < indent || isMarker(this.#lines[this.#at])) {
        return items;
      }
      if (line.indent > indent) {
        return this.#giveUp();
      }
      if (!isItem.test(line.text)) {
        return items;
      }
      items.push(this.#item(line));
    }
  }

  #item({ indent, text }: Line): unknown {
    const inside = text.slice(1).trimStart();
    if (inside === '' || inside.startsWith('#')) {
      this.#at += 1;
      return this.#node(indent + 1);
    }
    const innerIndent = indent + text.length - inside.length;
    if (isItem.test(inside) || keyIn(inside) !== undefined) {
      this.#lines[this.#at] = ' '.repeat(innerIndent) + inside;
      return this.#node(innerIndent);
    }
    this.#at += 1;
    return this.#value(inside, indent);
  }

  #map(indent: number): unknown {
    const entries: [string, unknown][] = [];
    for (;;) {
      const line = this.#peek();
      if (line === undefined || line.indent < indent || isMarker(this.#lines[this.#at])) {
        return Object.fromEntries(entries);
      }
      const key = line.indent === indent ? keyIn(line.text) : undefined;
      if (key === undefined) {
        return line.indent === indent && isItem.test(line.text)
          ? Object.fromEntries(entries)
          : this.#giveUp();
      }
      this.#at += 1;
      entries.push([key.name, this.#valueOfKey(key.rest, indent)]);
    }
  }

  #valueOfKey(rest: string, indent: number): unknown {
    if (rest !== '' && !rest.startsWith('#')) {
      return this.#value(rest, indent);
    }
    const next = this.#peek();
    // kubectl does not indent a list below its key
    const isList = next !== undefined && next.indent === indent && isItem.test(next.text);
    return isList ? this.#list(indent) : this.#node(indent + 1);
  }

  /** A value that begins on the line before; `indent` is its parent's. */
  #value(text: string, indent: number): unknown {
    if (text === '{}' || text === '[]') {
      return text === '{}' ? {} : [];
    }
    if (/^["']/.test(text)) {
      return this.#quoted(text, indent);
    }
    return text.startsWith('|') ? this.#literal(text, indent) : this.#plain(text, indent);
  }

  #plain(text: string, indent: number): unknown {
    if (/^[,[\]{}#&*!>%@`]|^[?:-](?:\s|$)/.test(text)) {
      return this.#giveUp();
    }
    const lines = [text, ...this.#continuation(indent)];
    const whole = folded(lines);
    if (/:\s|:$|\s#/.test(whole)) {
      return this.#giveUp();
    }
    const value = lines.length > 1 ? whole : plainScalar(whole);
    return value === undefined ? this.#giveUp() : value;
  }

  /** The further lines of a flow scalar, trimmed; they are indented more than its parent. */
  #continuation(indent: number): readonly string[] {
    const lines: string[] = [];
    let end = this.#at;
    for (let at = this.#at; at < this.#lines.length; at += 1) {
      const line = this.#lines[at] ?? '';
      const text = line.trim();
      const isDeeper = line.length - line.trimStart().length > indent;
      if (text !== '' && !isDeeper) {
        break;
      }
      if (line.includes('\t')) {
        this.#giveUp();
        return [];
      }
      lines.push(text);
      end = text === '' ? end : at + 1;
    }
    const kept = lines.slice(0, end - this.#at);
    this.#at = end;
    return kept;
  }

  #quoted(text: string, indent: number): unknown {
    const isSingle = text.startsWith("'");
    const lines = this.#quotedLines(text, indent, isSingle ? wholeSingleQuoted : wholeDoubleQuoted);
    const value = lines && (isSingle ? singleQuoted(lines) : doubleQuoted(lines));
    return value ?? this.#giveUp();
  }

  /** All lines of a quoted scalar; undefined when it does not end as it should. */
  #quotedLines(text: string, indent: number, whole: RegExp): readonly string[] | undefined {
    if (whole.test(text)) {
      return [text];
    }
    const lines = [text, ...this.#continuation(indent)];
    return whole.test(lines.join('\n')) ? lines : undefined;
  }

  #literal(header: string, indent: number): unknown {
    const block = literalBlock({ header, indent, lines: this.#lines, from: this.#at });
    if (block === undefined) {
      return this.#giveUp();
    }
    this.#at = block.end;
    return block.text;
  }
}

function isMarker(line: string | undefined): boolean {
  return /^(?:---|\.\.\.)/.test(line ?? '');
}
