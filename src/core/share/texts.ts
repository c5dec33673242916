/** Where a text stands: the field, and the field around it. */
export interface Place {
  readonly key?: string | undefined;
  readonly parent?: string | undefined;
}

/** What is done to one text. */
export type TextRule = (text: string, place: Place) => string;

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
export function withTexts(value: unknown, rule: TextRule, place: Place = {}): unknown {
  if (typeof value === 'string') {
    return insideJson(value, rule) ?? rule(value, place);
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => withTexts(each, rule, place));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { key } = place;
  const isOpen = key !== undefined && openRecords.has(key);
  return mapped(value, {
    keys: (name) => (isOpen ? rule(name, { parent: key }) : name),
    values: (each, name) => withTexts(each, rule, { key: name, parent: key }),
  });
}

/** Every text in the JSON, keys of free maps included. */
export function textsIn(value: unknown): readonly string[] {
  const texts: string[] = [];
  withTexts(value, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** A log line that is JSON is read first: an escape could hide a word, and a replacement could break one. */
function insideJson(text: string, rule: TextRule): string | undefined {
  if (!text.startsWith('{') || !text.trimEnd().endsWith('}')) {
    return undefined;
  }
  try {
    return JSON.stringify(allTexts(JSON.parse(text), rule, undefined));
  } catch {
    return undefined;
  }
}

function allTexts(value: unknown, rule: TextRule, key: string | undefined): unknown {
  if (typeof value === 'string') {
    return insideJson(value, rule) ?? rule(value, { key });
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => allTexts(each, rule, key));
  }
  return typeof value === 'object' && value !== null
    ? mapped(value, {
        keys: (name) => rule(name, {}),
        values: (each, name) => allTexts(each, rule, name),
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
