import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { answerFormats, type AnswerFormat } from '../../src/core/shell/flags/flags.ts';
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

interface Answer {
  readonly diagnosis: {
    readonly rootCauses: readonly { readonly cause: string; readonly severity: string }[];
  };
}

/** Every case is asked as JSON, and in one of the other forms by turns: all pairs would ask the same six times. */
function formsFor(index: number): readonly AnswerFormat[] {
  const others = answerFormats.filter((format) => format !== 'json');
  return ['json', others[index % others.length] ?? 'text'];
}

const hidden = /[\p{Cf}\p{Zl}]|(?!\n)\p{Cc}/u;

describe.each(cases)('$name, $variant', ({ name, variant, incident }) => {
  const { command, subject } = incident;
  const { exit, causes } = incident.expect[variant];
  const args = [...(subject === null ? [] : [subject]), '--from', `${folder}${name}/${variant}`];

  const forms = [
    ...formsFor(cases.findIndex((each) => each.name === name && each.variant === variant)),
  ];

  test(`is told as ${forms.join(' and ')} with the same exit code`, async () => {
    const told = await Promise.resolve(
      forms.reduce(
        async (before, format) => [
          ...(await before),
          [format, await runHere(command, [...args, '-o', format])] as const,
        ],
        Promise.resolve<(readonly [string, Awaited<ReturnType<typeof runHere>>])[]>([]),
      ),
    );
    const texts = new Map(told);
    expect(told.map(([format, { code }]) => [format, code])).toEqual(
      forms.map((format) => [format, exit]),
    );
    for (const [format, { stdout }] of told) {
      expect([format, hidden.exec(stdout)?.[0]]).toEqual([format, undefined]);
    }
    const document = JSON.parse(texts.get('json')?.stdout ?? '') as Answer;
    expect(faultsOf(document)).toEqual([]);
    const [top] = document.diagnosis.rootCauses;
    const first = top?.cause;
    // a remark may stand where no cause is expected, never an error
    expect(causes.length === 0 ? top?.severity === 'error' : first !== causes[0]).toBe(false);
    const yaml = texts.get('yaml')?.stdout;
    expect(yaml === undefined ? document : parse(yaml)).toEqual(document);
    const names = texts.get('name')?.stdout;
    expect(names?.split('\n')[0] ?? first ?? '').toBe(first ?? '');
  });
});
