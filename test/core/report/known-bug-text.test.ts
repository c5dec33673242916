import { describe, expect, test } from 'vitest';
import type { KnownBugMatch } from '../../../src/core/facts/finding.ts';
import { markdownOf } from '../../../src/core/report/markdown.ts';
import { textOf } from '../../../src/core/report/text.ts';
import { faultsOf } from '../../schemas/validate.ts';
import { healthDiagnosis, poolExhausted, reportWith } from './sample.ts';

const canvas = {
  width: 80,
  colour: false,
  unicode: true,
  verbose: false,
  wide: false,
  program: 'triage',
};

const bug: KnownBugMatch = {
  bug: 'metallb#2656',
  title: 'A pool that only has a priority is never used by itself',
  severity: 'warning',
  versions: 'v0.13.9 to before v0.15.0',
  fixedIn: 'v0.15.0',
  says: 'pool <gold> has only a priority',
  workaround: 'Go to v0.15.0.',
  about: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'gold' },
  accountsFor: 'pool-not-for-service',
  because: [],
};

describe('known bugs', () => {
  test('stand in a section of their own, with where they are mended and the way round', () => {
    expect(textOf(reportWith({ knownBugs: [bug] }), canvas)).toContain(
      [
        'bugs    metallb#2656, fixed in v0.15.0, behind pool-not-for-service: A pool that',
        '          only has a priority is never used by itself',
        '          pool <gold> has only a priority',
        '          way round: Go to v0.15.0.',
      ].join('\n'),
    );
  });

  test('are told once when they are the headline', () => {
    const report = reportWith({
      ...healthDiagnosis,
      outcome: 'warnings',
      headline: bug.says,
      knownBugs: [bug],
    });
    expect(textOf(report, canvas).split(bug.says)).toHaveLength(2);
  });

  test('are counted in the one line of a healthy answer', () => {
    const healthy = { ...healthDiagnosis, outcome: 'healthy', knownBugs: [bug] } as const;
    expect(textOf(reportWith(healthy, { result: 'healthy' }), { ...canvas, width: 200 })).toContain(
      '1 known bug (-v)',
    );
  });

  test('stand beside the count of remarks', () => {
    const healthy = { ...healthDiagnosis, outcome: 'healthy', knownBugs: [bug] } as const;
    const rootCauses = [{ ...poolExhausted, severity: 'info' as const }];
    const report = reportWith({ ...healthy, rootCauses }, { result: 'healthy' });
    expect(textOf(report, { ...canvas, width: 200 })).toContain('1 remark (-v) · 1 known bug (-v)');
  });

  test('are a list in markdown, escaped', () => {
    expect(markdownOf(reportWith({ knownBugs: [bug] }), canvas)).toContain(
      [
        '**Known bugs**',
        '',
        '- metallb\\#2656, fixed in v0.15.0, behind pool-not-for-service: A pool that only has a priority is never used by itself',
        '  pool \\<gold\\> has only a priority',
        '  way round: Go to v0.15.0.',
      ].join('\n'),
    );
  });

  test('fit the published schema', () => {
    const printed: unknown = JSON.parse(JSON.stringify(reportWith({ knownBugs: [bug] })));
    expect(faultsOf(printed)).toEqual([]);
  });
});
