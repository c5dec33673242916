import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

type Schema = boolean | readonly Schema[] | { readonly [key: string]: Schema };

/** The published schema lets readers meet fields they do not know; our own output may hold none of those. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(closed);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const isOpen = 'properties' in schema && !('additionalProperties' in schema);
  return Object.fromEntries([
    ...entries,
    ...(isOpen ? [['additionalProperties', false] as const] : []),
  ]);
}

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/report.v1.schema.json', import.meta.url), 'utf8'),
) as Exclude<Schema, boolean>;

const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  formats: { 'date-time': true },
}).compile(closed(schema) as object);

/** What the schema has against a printed document; empty when it fits. */
export function faultsOf(document: unknown): readonly string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
