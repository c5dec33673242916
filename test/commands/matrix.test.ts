import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { answerFormats } from '../../src/core/shell/flags.ts';
import { faultsOf } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

interface Expected {
  readonly exit: number;
  readonly causes: readonly string[];
}

interface Incident {
  readonly command: 'pending' | 'health';
  readonly subject: string | null;
  readonly expect: { readonly sick: Expected; readonly healthy: Expected };
}

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const variants = ['sick', 'healthy'] as const;

const cases = readdirSync(folder)
  .filter((name) => statSync(`${folder}${name}`).isDirectory())
  .flatMap((name) => {
    const incident = parse(readFileSync(`${folder}${name}/incident.yaml`, 'utf8')) as Incident;
    return variants.map((variant) => ({ name, variant, incident }));
  });

const hidden = /[\p{Cf}\p{Zl}]|(?!\n)\p{Cc}/u;

describe.each(cases)('$name, $variant', ({ name, variant, incident }) => {
  const { command, subject } = incident;
  const { exit, causes } = incident.expect[variant];
  const args = [...(subject === null ? [] : [subject]), '--from', `${folder}${name}/${variant}`];

  test('is told in every form with the same exit code', async () => {
    const told = await Promise.resolve(
      answerFormats.reduce(
        async (before, format) => [
          ...(await before),
          [format, await runHere(command, [...args, '-o', format])] as const,
        ],
        Promise.resolve<(readonly [string, Awaited<ReturnType<typeof runHere>>])[]>([]),
      ),
    );
    const forms = new Map(told);
    expect(told.map(([format, { code }]) => [format, code])).toEqual(
      answerFormats.map((format) => [format, exit]),
    );
    for (const [format, { stdout }] of told) {
      expect([format, hidden.exec(stdout)?.[0]]).toEqual([format, undefined]);
    }
    const document = JSON.parse(forms.get('json')?.stdout ?? '') as unknown;
    expect(faultsOf(document)).toEqual([]);
    expect(parse(forms.get('yaml')?.stdout ?? '')).toEqual(document);
    expect((forms.get('name')?.stdout ?? '').split('\n')[0]).toBe(causes[0] ?? '');
  });
});
