import { describe, expect, test } from 'vitest';
import { diagnose } from '../src/checks/diagnose.ts';
import { parseSnapshot } from '../src/core/cluster/recorded/parse-snapshot.ts';
import type { Diagnosis } from '../src/core/facts/finding.ts';
import { keyOf, nameOf } from '../src/core/facts/object-ref.ts';
import { itemsIfRead } from '../src/core/facts/reading.ts';
import type { Snapshot } from '../src/core/facts/snapshot.ts';
import { shareSnapshot } from '../src/core/share/share-snapshot.ts';
import { incidentOf, names, snapshotOf } from './incidents-at-hand.ts';

/** What must not change; the words may, and hints that rest on how names are spelled. */
function essenceOf(diagnosis: Diagnosis, rewrite: (text: string) => string) {
  const { outcome, rootCauses, unknowns, verdicts, pools, scope, knownBugs } = diagnosis;
  return {
    outcome,
    causes: rootCauses.map(({ cause, check, severity, confidence, about, explains, because }) => ({
      cause,
      check,
      severity,
      confidence,
      about: rewrite(nameOf(about)),
      explains: explains.map((ref) => rewrite(keyOf(ref))).toSorted(),
      evidence: because.length,
    })),
    unknowns: unknowns.length,
    verdicts: verdicts.map(({ check, verdict }) => `${check} ${verdict}`),
    pools: pools
      .map(({ name, usable, taken, free }) => [rewrite(name), usable, taken, free].join(' '))
      .toSorted(),
    reach: scope?.reach,
    bugs: knownBugs.map(({ bug }) => bug),
  };
}

function answerTo(name: string, snapshot: Snapshot, subject: string | undefined): Diagnosis {
  const { services } = snapshot.readings;
  const service = itemsIfRead(services).find(({ metadata }) => keyOf(metadata) === subject);
  return diagnose({ symptom: incidentOf(name).command, snapshot, subject: service });
}

describe.each(names)('%s', (name) => {
  test.each(['sick', 'healthy'] as const)(
    '%s: shared, it gets the same diagnosis',
    async (variant) => {
      const snapshot = await snapshotOf(name, variant);
      const subject = incidentOf(name).subject ?? undefined;
      const { snapshot: shared, rewrite } = shareSnapshot(snapshot);
      const read = parseSnapshot(JSON.parse(JSON.stringify(shared)), 'shared.json');
      const renamed = subject === undefined ? undefined : rewrite(subject);
      expect(essenceOf(answerTo(name, read, renamed), (text) => text)).toEqual(
        essenceOf(answerTo(name, snapshot, subject), rewrite),
      );
    },
  );
});
