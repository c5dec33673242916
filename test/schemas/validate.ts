import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

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

const published = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8'));

const validator = new Ajv2020({
  allErrors: true,
  strict: true,
  formats: { 'date-time': true },
});
// schemas refer to these by their ids
for (const name of ['report.v1.schema.json', 'pools.v1.schema.json']) {
  validator.addSchema(closed(published(name)) as object);
}

const validateReport = validator.getSchema('triage.report/v1');

/** What the schema of answers has against a printed document; empty when it fits. */
export function faultsOf(document: unknown): readonly string[] {
  return faultsBy(validateReport, document);
}

/** What another of the published schemas has against a printed document. */
export function faultsOfSchema(file: string, document: unknown): readonly string[] {
  const schema = published(file);
  const id = schema['$id'];
  const known = typeof id === 'string' ? validator.getSchema(id) : undefined;
  return faultsBy(known ?? validator.compile(closed(schema) as object), document);
}

function faultsBy(validate: ValidateFunction | undefined, document: unknown): readonly string[] {
  if (validate === undefined) {
    throw new Error('there is no such schema');
  }
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
