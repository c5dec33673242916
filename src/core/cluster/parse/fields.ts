/** An object of unknown shape, as it came from JSON or YAML. */
export type Raw = Readonly<Record<string, unknown>>;

/** Longest annotation value, event message or log line that is kept. */
export const longestText = 4096;

const nothing: Raw = {};

/** `value` as an object; an empty one when it is anything else. */
export function asRaw(value: unknown): Raw {
  return isRaw(value) ? value : nothing;
}

/** True for a JSON object: neither null nor a list. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `key`, or an empty one. */
export function inner(raw: Raw, key: string): Raw {
  return asRaw(raw[key]);
}

/** The text at `key`; numbers count as text, anything else is absent. */
export function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  if (typeof value === 'string') {
    return value;
  }
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** The text at `key`, absent also when it is empty: the API's way to leave a text out. */
export function filledText(raw: Raw, key: string): string | undefined {
  const value = text(raw, key);
  return value === '' ? undefined : value;
}

/** The text at `key`, cut to what is kept of texts that programs write. */
export function shortText(raw: Raw, key: string): string | undefined {
  const value = filledText(raw, key);
  return value === undefined ? undefined : cut(value);
}

/** `value`, cut to the longest text that is kept. */
export function cut(value: string): string {
  return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
}

/** The finite number at `key`. */
export function number(raw: Raw, key: string): number | undefined {
  const value = raw[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The boolean at `key`. */
export function flag(raw: Raw, key: string): boolean | undefined {
  const value = raw[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** The objects of the list at `key`; entries that are not objects are left out. */
export function raws(raw: Raw, key: string): readonly Raw[] {
  const value = raw[key];
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

/** The texts of the list at `key`; entries that are not texts are left out. */
export function texts(raw: Raw, key: string): readonly string[] {
  const value = raw[key];
  return Array.isArray(value)
    ? value.filter((entry): entry is string => typeof entry === 'string')
    : [];
}

/** The map of texts at `key`. Made by `fromEntries`, so that a key `__proto__` is a key like others. */
export function textMap(raw: Raw, key: string): Readonly<Record<string, string>> {
  const map = inner(raw, key);
  return Object.fromEntries(
    Object.keys(map).flatMap((name) => {
      const value = Object.hasOwn(map, name) ? text(map, name) : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** `T` with every key that may be undefined made optional instead. */
export type Present<T> = { [K in Exclude<keyof T, OptionalKeys<T>>]: T[K] } & {
  [K in OptionalKeys<T>]?: Exclude<T[K], undefined>;
};

/** `object` without the keys whose value is undefined, so that it is the same as its JSON. */
export function present<const T extends object>(object: T): Present<T> {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
