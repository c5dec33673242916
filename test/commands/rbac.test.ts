import { describe, expect, test } from 'vitest';
import { factNames, kinds } from '../../src/core/cluster/kinds.ts';
import { runHere } from './in-process.ts';

const onlyRecorded = ['servicebgpstatuses', 'servicel2statuses'];

describe('triage rbac', () => {
  test('grants nothing that only a snapshot takes', async () => {
    const granted = await grantedBy();
    expect(onlyRecorded.filter((resource) => granted.has(resource))).toEqual([]);
  });

  test('--snapshot grants every kind that a snapshot holds, and the logs', async () => {
    const granted = await grantedBy('--snapshot');
    expect(granted).toEqual(
      new Set([...factNames.map((fact) => kinds[fact].resource), 'pods/log']),
    );
  });
});

describe('triage rbac --watch', () => {
  test('grants to watch whatever may be listed, and nothing that may not', async () => {
    const verbs = await verbsBy('--watch');
    expect(verbs).toEqual(new Set(['list watch', 'get']));
    expect(await verbsBy()).toEqual(new Set(['list', 'get']));
  });
});

async function verbsBy(...words: readonly string[]): Promise<ReadonlySet<string>> {
  const { stdout } = await runHere('rbac', [...words, '-o', 'json']);
  const { items } = JSON.parse(stdout) as {
    items: readonly { rules?: readonly { verbs: readonly string[] }[] }[];
  };
  return new Set(items.flatMap(({ rules = [] }) => rules.map(({ verbs }) => verbs.join(' '))));
}

async function grantedBy(...words: readonly string[]): Promise<ReadonlySet<string>> {
  const { stdout } = await runHere('rbac', [...words, '-o', 'json']);
  const { items } = JSON.parse(stdout) as {
    items: readonly { rules?: readonly { resources: readonly string[] }[] }[];
  };
  return new Set(items.flatMap(({ rules = [] }) => rules.flatMap(({ resources }) => resources)));
}
