import { describe, expect, test } from 'vitest';
import { factNames, kinds } from '../../src/core/cluster/kinds.ts';
import { runHere } from './in-process.ts';

describe('triage rbac', () => {
  test('grants nothing that a snapshot does not take', async () => {
    const whole = await grantedBy('--snapshot');
    const granted = await grantedBy();
    expect([...granted].filter((resource) => !whole.has(resource))).toEqual([]);
  });

  test('lets the pods behind a Service be seen in every namespace, and their logs in that of MetalLB only', async () => {
    const { stdout } = await runHere('rbac', ['-o', 'json']);
    const { items } = JSON.parse(stdout) as {
      items: readonly { kind: string; rules?: readonly { resources: readonly string[] }[] }[];
    };
    const places = (resource: string) =>
      items
        .filter(({ rules = [] }) => rules.some(({ resources }) => resources.includes(resource)))
        .map(({ kind }) => kind);
    expect(places('pods')).toEqual(['ClusterRole']);
    expect(places('pods/log')).toEqual(['Role']);
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
