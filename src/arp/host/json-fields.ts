/** An object as it came from elsewhere. */
export type Fields = Readonly<Record<string, unknown>>;

/** The objects of a JSON list; empty when the text is none. */
export function listOf(text: string): readonly Fields[] {
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return [];
  }
}

/** The objects in a list, or none. */
export function fieldsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function textIn(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' ? value : undefined;
}

export function numberIn(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  return typeof value === 'number' ? value : undefined;
}

export function textsIn(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
