/** The fields of one object that can matter, as texts by path. */
export type Fields = ReadonlyMap<string, string>;

const longestValue = 200;

/** Any data as fields: objects by their keys, lists as one text; what is absent or empty has no field. */
export function fieldsOf(path: string, value: unknown): Fields {
  return new Map(entriesOf(path, value));
}

/** Several groups of fields as one. */
export function together(...groups: readonly Fields[]): Fields {
  return new Map(groups.flatMap((group) => [...group]));
}

function entriesOf(path: string, value: unknown): readonly (readonly [string, string])[] {
  if (value === undefined || value === null || value === '') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [[path, shortened(value.map(textOf).join(', '))]];
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, each]) =>
      entriesOf(path === '' ? key : `${path}.${key}`, each),
    );
  }
  return [[path, shortened(textOf(value))]];
}

/** One member of a list; the keys of an object in one order, so that equal data gives equal text. */
function textOf(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(textOf).join(', ')}]`;
  }
  const parts = Object.entries(value)
    .filter(([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, each]) => `${key}: ${textOf(each)}`);
  return `{${parts.join(', ')}}`;
}

/** Long values differ somewhere: the end of what is shown says that there is more, and how it ends. */
function shortened(text: string): string {
  return text.length <= longestValue
    ? text
    : `${text.slice(0, longestValue)}… (${text.length} characters, ${sumOf(text)})`;
}

/** Two long texts with the same beginning must not look equal. */
function sumOf(text: string): string {
  let sum = 0;
  for (const character of text) {
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 0xffffffff;
  }
  return sum.toString(16);
}
