import { expect, test } from 'vitest';
import type { Workload } from '../../../src/core/facts/kube-objects.ts';
import { aWorkload } from '../../builders/programs.ts';
import { named } from '../../builders/some-objects.ts';
import { askedOf, segment } from '../answer/traffic.ts';
import { checkout, statusFrom } from '../models/announcing/facts.ts';

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
