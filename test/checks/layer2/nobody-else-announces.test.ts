import { expect, test } from 'vitest';
import type { Workload } from '../../../src/core/facts/kube-objects.ts';
import { aWorkload } from '../../builders/programs.ts';
import { named } from '../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../case.ts';
import { announced } from '../layer2-scenes.ts';
import { askedOf, segment } from '../answer/traffic.ts';
import { checkout, statusFrom } from '../models/announcing/facts.ts';

function keepalived(env: Readonly<Record<string, string>>): Workload {
  const base = aWorkload('speaker');
  return {
    ...base,
    kind: 'DaemonSet',
    metadata: named('keepalived', { namespace: 'edge' }),
    spec: {
      ...base.spec,
      template: {
        ...base.spec.template,
        containers: base.spec.template.containers.map((each) => ({ ...each, env, args: [] })),
      },
    },
  };
}

const agent: Workload = {
  ...aWorkload('speaker'),
  kind: 'DaemonSet',
  metadata: named('lbnodeagent', { namespace: 'purelb' }),
};

function rivalsOf(annotations: Readonly<Record<string, string>>) {
  const { rootCauses } = askedOf(
    segment
      .with('serviceL2Statuses', statusFrom('n3'))
      .with('daemonSets', aWorkload('speaker'), agent)
      .with('services', { ...checkout, metadata: { ...checkout.metadata, annotations } }),
  );
  return rootCauses.flatMap(({ cause, says }) => (cause === 'rival-announcer' ? [says] : []));
}

test('PureLB is a rival only for addresses that its own allocator gave', () => {
  expect(rivalsOf({})).toEqual([]);
  expect(rivalsOf({ 'purelb.io/allocated-by': 'PureLB' })).toEqual([
    'PureLB runs too (purelb/lbnodeagent), and may answer for the address',
  ]);
});

function severityBeside(env: Readonly<Record<string, string>>): readonly string[] {
  const builder = announced.with('daemonSets', aWorkload('speaker'), keepalived(env));
  const verdict = verdictOf('MLB-L20', builder, serviceIn(builder.build(), 'shop/search'));
  return verdict.verdict === 'fail' ? verdict.findings.map(({ severity }) => severity) : [];
}

test('keepalived is a warning only where it is told to hold the address', () => {
  expect(severityBeside({})).toEqual(['info']);
  expect(severityBeside({ VIPS: '10.0.0.10,10.0.0.1' })).toEqual(['info']);
  expect(severityBeside({ VIPS: '10.0.0.7/24, 10.0.0.100/24' })).toEqual(['warning']);
});
