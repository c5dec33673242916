import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../../src/core/facts/alerts.ts';
import { planFor } from '../../../../src/core/shell/alerts/alert-plan.ts';

function alert(
  name: string,
  labels: Readonly<Record<string, string>> = {},
  state: Alert['state'] = 'firing',
): Alert {
  return {
    name,
    state,
    since: undefined,
    labels: new Map(Object.entries({ alertname: name, ...labels })),
  };
}

const full = 'MetalLBAddressPoolExhausted';
const stale = 'MetalLBStaleConfig';

describe('what is done about alerts', () => {
  test('those that ask for the same look share it, with every pool they name', () => {
    const { groups } = planFor(
      [
        alert(full, { pool: 'lan' }),
        alert(stale),
        alert('MetalLBAddressPoolUsage95Percent', { pool: 'dmz' }),
      ],
      undefined,
    );
    expect(groups.map(({ lead, pools, alerts }) => [lead.id, pools, alerts.length])).toEqual([
      ['pool', ['dmz', 'lan'], 2],
      ['configuration', [], 1],
    ]);
  });

  test('a label is the name of a pool or nothing', () => {
    const { groups } = planFor([alert(full, { pool: '--kubeconfig=/etc/passwd' })], undefined);
    expect(groups[0]?.pools).toEqual([]);
    expect(groups[0]?.refused).toEqual([
      'label pool is no name of a pool: --kubeconfig=/etc/passwd',
    ]);
  });

  test('a Service is named as MetalLB names it, also under the label that Prometheus gives way to', () => {
    const { groups } = planFor(
      [
        alert('MetalLBLayer2Down', { service: 'speaker-monitor', exported_service: 'shop/web' }),
        alert('MetalLBLayer2Down', { service: 'shop/checkout' }),
        alert('MetalLBLayer2Down', { service: '--from=x/y' }),
      ],
      undefined,
    );
    expect(groups.map(({ services }) => services)).toEqual([['shop/checkout', 'shop/web']]);
  });

  test('a cluster is taken from a label only when that label is named', () => {
    const alerts = [
      alert(full, { cluster: 'east' }),
      alert(full, { cluster: 'west' }),
      alert(stale),
    ];
    expect(planFor(alerts, undefined).groups.map(({ context }) => context)).toEqual([
      undefined,
      undefined,
    ]);
    const { groups, homeless } = planFor(alerts, 'cluster');
    expect(groups.map(({ context }) => context)).toEqual(['east', 'west']);
    expect(homeless.map(({ name }) => name)).toEqual([stale]);
  });

  test('what is unknown, over or not yet firing is only told', () => {
    const plan = planFor(
      [
        alert('KubeNodeNotReady'),
        alert(stale, {}, 'resolved'),
        alert(full, {}, 'pending'),
        alert(full, {}, 'silenced'),
      ],
      undefined,
    );
    expect(plan.unknown.map(({ name }) => name)).toEqual(['KubeNodeNotReady']);
    expect(plan.quiet.map(({ state }) => state)).toEqual(['resolved', 'pending']);
    expect(plan.groups.map(({ alerts }) => alerts.length)).toEqual([1]);
  });
});
