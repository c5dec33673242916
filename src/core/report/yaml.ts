import { jsonText } from './json.ts';

/**
 * JSON data as YAML in block style. Every string is written in JSON's quotes, or plain when it is a word
 * that YAML can read as nothing else; so what is printed reads back as exactly the same data.
 */
export function yamlOf(data: unknown): string {
  return `${blockOf(data, 0).join('\n')}\n`;
}

function blockOf(data: unknown, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(data) && data.length > 0) {
    return data.flatMap((item: unknown) => itemOf(item, depth));
  }
  const entries = entriesOf(data);
  if (entries.length > 0) {
    return entries.flatMap(([key, value]) => fieldOf(`${indent}${wordOf(key)}:`, value, depth));
  }
  return [`${indent}${scalarOf(data)}`];
}

function itemOf(item: unknown, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const [first = '', ...rest] = blockOf(item, depth + 1);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function fieldOf(head: string, value: unknown, depth: number): readonly string[] {
  const isBlock = entriesOf(value).length > 0 || (Array.isArray(value) && value.length > 0);
  return isBlock ? [head, ...blockOf(value, depth + 1)] : [`${head} ${scalarOf(value)}`];
}

function entriesOf(data: unknown): readonly (readonly [string, unknown])[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return [];
  }
  return Object.entries(data).filter(([, value]) => value !== undefined);
}

function scalarOf(value: unknown): string {
  if (typeof value === 'string') {
    return wordOf(value);
  }
  if (Array.isArray(value)) {
    return '[]';
  }
  if (typeof value === 'object' && value !== null) {
    return '{}';
  }
  return JSON.stringify(value ?? null);
}

const reserved = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

function wordOf(text: string): string {
  const isPlain = /^[A-Za-z/][\w./-]*$/.test(text) && !reserved.test(text);
  return isPlain ? text : jsonText(text);
}
