import { diagnose } from '../../../src/checks/diagnose.ts';
import { waysOf } from '../../../src/checks/answer/path/address-paths.ts';
import { materialFrom } from '../../../src/core/diagnosis/material.ts';
import type { Diagnosis } from '../../../src/core/facts/finding.ts';
import { type SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { aNode, aSlice } from '../../builders/some-objects.ts';
import { serviceIn } from '../case.ts';
import { lan } from '../models/announcing/facts.ts';

/** `shop/checkout` has 10.4.11.3, in the subnet of the nodes; n3 comes first by hash, then n2, then n1. */
export const segment = lan
  .with('nodes', ...['n1', 'n2', 'n3'].map((name, index) => aNode(name, `10.4.11.${101 + index}`)))
  .with('endpointSlices', {
    ...aSlice('shop/checkout', [
      { addresses: ['10.244.1.5'], nodeName: 'n1', ready: true },
      { addresses: ['10.244.2.5'], nodeName: 'n2', ready: true },
    ]),
    ports: [{ port: 8080, protocol: 'TCP' }],
  });

/** What is said of the traffic of `shop/checkout`, or of another Service. */
export function askedOf(builder: SnapshotBuilder, key = 'shop/checkout'): Diagnosis {
  const snapshot = builder.build();
  return diagnose({ symptom: 'no-traffic', snapshot, subject: serviceIn(snapshot, key) });
}

/** The ways as they are without any check, as lines: `advertised good: pool lan, ...`. */
export function waysIn(builder: SnapshotBuilder): readonly (readonly string[])[] {
  const snapshot = builder.build();
  const service = serviceIn(snapshot, 'shop/checkout');
  if (service === undefined) {
    throw new Error('no shop/checkout');
  }
  const material = materialFrom(snapshot);
  const { paths } = waysOf({ service, material, checks: [], verdicts: [], rootCauses: [] });
  return paths.map(({ steps }) =>
    steps.map(({ question, answer, says }) => `${question} ${answer}: ${says}`),
  );
}
