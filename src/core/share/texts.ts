/** Where a text stands: the field, and the field around it. */
export interface Place {
  readonly key?: string | undefined;
  readonly parent?: string | undefined;
}

/** What is done to one text. */
export type TextRule = (text: string, place: Place) => string;

/** What is done to texts, and to numbers. */
export interface Rules {
  readonly text: TextRule;
  readonly number: (value: number, place: Place) => number;
}

/** Fields whose keys are somebody's words, not ours. */
const openRecords = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'selector',
  'env',
  'data',
]);

/** The same JSON with every text replaced by the rule, and the keys of free maps as well. */
export function withTexts(value: unknown, rules: Rules, place: Place = {}): unknown {
  if (typeof value === 'string') {
    return insideJson(value, rules) ?? rules.text(value, place);
  }
  if (typeof value === 'number') {
    return rules.number(value, place);
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => withTexts(each, rules, place));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { key } = place;
  const isOpen = key !== undefined && openRecords.has(key);
  return mapped(value, {
    keys: (name) => (isOpen ? rules.text(name, { parent: key }) : name),
    values: (each, name) => withTexts(each, rules, { key: name, parent: key }),
  });
}

/** What a JSON holds: every text, keys of free maps included, and every number, each with its place. */
export interface Contents {
  readonly texts: readonly { readonly text: string; readonly place: Place }[];
  readonly numbers: readonly { readonly value: number; readonly place: Place }[];
}

/** Collects what `withTexts` would change. */
export function contentsOf(value: unknown): Contents {
  const texts: { readonly text: string; readonly place: Place }[] = [];
  const numbers: { readonly value: number; readonly place: Place }[] = [];
  withTexts(value, {
    text: (text, place) => {
      texts.push({ text, place });
      return text;
    },
    number: (each, place) => {
      numbers.push({ value: each, place });
      return each;
    },
  });
  return { texts, numbers };
}

/** A log line that is JSON is read first: an escape could hide a word, and a replacement could break one. */
function insideJson(text: string, rules: Rules): string | undefined {
  if (!text.startsWith('{') || !text.trimEnd().endsWith('}')) {
    return undefined;
  }
  try {
    return JSON.stringify(allTexts(JSON.parse(text), rules, undefined));
  } catch {
    return undefined;
  }
}

function allTexts(value: unknown, rules: Rules, key: string | undefined): unknown {
  if (typeof value === 'string') {
    return insideJson(value, rules) ?? rules.text(value, { key });
  }
  if (typeof value === 'number') {
    return rules.number(value, { key });
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => allTexts(each, rules, key));
  }
  return typeof value === 'object' && value !== null
    ? mapped(value, {
        keys: (name) => rules.text(name, {}),
        values: (each, name) => allTexts(each, rules, name),
      })
    : value;
}

interface Mapping {
  readonly keys: (name: string) => string;
  readonly values: (value: unknown, name: string) => unknown;
}

function mapped(object: object, { keys, values }: Mapping): object {
  return Object.fromEntries(
    Object.entries(object).map(([name, each]) => [keys(name), values(each, name)]),
  );
}
