import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { incidentNames } from '../incident-files.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const variants = ['sick', 'healthy'] as const;
const wishes: readonly (readonly string[])[] = [
  [],
  ['--pool', 'lan'],
  ['--ip', '10.4.11.12', '--share-key', 'web'],
  ['--policy', 'Local'],
  ['--add-pool', 'extra=10.200.0.0/31,fd99::/127'],
  ['--pool', 'one', '--add-pool', 'one=10.200.0.0/31', '--add-pool', 'two=10.201.0.0/31'],
];

interface Incident {
  readonly subject: string | null;
}

/** Every recorded cluster, each with a change or two by turns. */
const cases = incidentNames().flatMap((name, index) => {
  const text = readFileSync(`test/incidents/${name}/incident.yaml`, 'utf8');
  const { subject } = parse(text) as Incident;
  return variants.map((variant, turn) => ({
    name,
    variant,
    subject,
    wish: wishes[(2 * index + turn) % wishes.length] ?? [],
  }));
});

describe('every recorded cluster', () => {
  test.each(cases)(
    '$name, $variant, can be asked what if',
    async ({ name, variant, subject, wish }) => {
      const from = `test/incidents/${name}/${variant}`;
      const pools = await runHere('pools', ['--from', from, '-o', 'json']);
      expect(faultsOfSchema('pools.v1.schema.json', JSON.parse(pools.stdout))).toEqual([]);
      expect([0, 1, 3]).toContain(pools.code);
      if (subject !== null) {
        const args = [subject, ...wish, '--from', from, '-o', 'json'];
        const { stdout, code } = await runHere('what-if', args);
        expect(faultsOfSchema('what-if.v1.schema.json', JSON.parse(stdout))).toEqual([]);
        expect([0, 1, 3]).toContain(code);
      }
    },
  );
});
