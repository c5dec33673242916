import { diagnose } from '../../../src/checks/diagnose.ts';
import type { Diagnosis } from '../../../src/core/facts/finding.ts';
import type { SnapshotBuilder } from '../../builders/a-snapshot.ts';
import { serviceIn } from '../case.ts';

/** What is said of the traffic of `shop/checkout`, or of another Service. */
export function askedOf(builder: SnapshotBuilder, key = 'shop/checkout'): Diagnosis {
  const snapshot = builder.build();
  return diagnose({ symptom: 'no-traffic', snapshot, subject: serviceIn(snapshot, key) });
}

/** The ways as lines: `advertised good: pool lan, ...`. */
export function waysIn({ paths = [] }: Diagnosis): readonly (readonly string[])[] {
  return paths.map(({ steps }) =>
    steps.map(({ question, answer, says }) => `${question} ${answer}: ${says}`),
  );
}
