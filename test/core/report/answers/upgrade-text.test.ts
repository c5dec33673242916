import { describe, expect, test } from 'vitest';
import type { UpgradeReport } from '../../../../src/core/facts/upgrade.ts';
import { upgradeMarkdown } from '../../../../src/core/report/answers/upgrade-markdown.ts';
import { upgradeText } from '../../../../src/core/report/answers/upgrade-text.ts';

const evil = '\u001b[2J\u202eevil\u200b';
const acted = /[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;
const canvas = { colour: false, unicode: true, verbose: false, wide: false, program: 'triage' };

const report: UpgradeReport = {
  schemaVersion: 'triage.upgrade/v1',
  tool: { name: 'triage', version: '0.1.0' },
  command: 'upgrade',
  target: { server: 'lab:6443', namespace: 'default' },
  takenAt: '2026-03-14T03:12:40Z',
  installation: undefined,
  exitCode: 1,
  upgrade: {
    from: 'v0.14.9',
    to: 'v0.15.3',
    direction: 'upgrade',
    outcome: 'breaks',
    headline: 'v0.14.9 to v0.15.3 breaks one thing here',
    changes: [
      {
        id: 'addresses-lost',
        weight: 'breaks',
        release: 'v0.15.0',
        reference: 'metallb#2726',
        basis: 'computed',
        title: 'RequireDualStack with one cluster IP is refused from here on',
        says: `shop/${evil} loses its address`,
        details: Array.from(
          { length: 10 },
          (_, index) => `shop/web-${index}  192.0.2.${index}  ->  none`,
        ),
        objects: [],
        before: [{ says: 'make it single-stack', command: 'kubectl patch it', mutates: true }],
      },
    ],
    bugsFixed: [
      {
        bug: 'metallb#2724',
        title: 'A Service with one cluster IP gets two addresses',
        severity: 'warning',
        versions: 'v0.14.9 to before v0.15.0',
        says: 'shop/web holds two',
        workaround: 'wait',
      },
    ],
    bugsGained: [
      {
        bug: 'metallb#2891',
        title: 'An exhausted pool is reported as ["<nil>"]',
        severity: 'info',
        versions: 'v0.15.0 to before v0.16.0',
        says: undefined,
        workaround: 'read it so',
      },
    ],
    unknowns: [
      {
        fact: 'nodes',
        why: 'you may not list nodes',
        permission: 'list nodes',
        collect: undefined,
      },
    ],
    limits: ['v0.16.2 was read in its source and not run'],
  },
  notices: [],
  receipt: { calls: 0, lists: 0, logs: 0, bytes: 0, ms: 0 },
  interrupted: false,
};

describe('the preview of an upgrade', () => {
  test('stands in sections, what breaks first, what is not known at the end', () => {
    expect(upgradeText(report, { ...canvas, width: 80 })).toMatchInlineSnapshot(`
      "v0.14.9 to v0.15.3 breaks one thing here

      breaks  shop/\\x1b[2J\\u202eevil\\u200b loses its address
              shop/web-0  192.0.2.0  ->  none
              shop/web-1  192.0.2.1  ->  none
              shop/web-2  192.0.2.2  ->  none
              shop/web-3  192.0.2.3  ->  none
              shop/web-4  192.0.2.4  ->  none
              shop/web-5  192.0.2.5  ->  none
              shop/web-6  192.0.2.6  ->  none
              shop/web-7  192.0.2.7  ->  none
              and 2 more (-o json)
              v0.15.0 (metallb#2726): RequireDualStack with one cluster IP is refused
                from here on; computed for this cluster
              before: make it single-stack
                  kubectl patch it

      mended  metallb#2724: A Service with one cluster IP gets two addresses
                shop/web holds two
      gained  metallb#2891: An exhausted pool is reported as ["<nil>"]
                whether it shows here cannot be told beforehand

      unknown nodes: you may not list nodes (missing right: list nodes)
      note    v0.16.2 was read in its source and not run
      1 change · 1 known bug mended, 1 gained
      "
    `);
  });

  test.each([40, 80])('keeps to %i columns and shows hostile names written out', (width) => {
    const text = upgradeText(report, { ...canvas, width });
    expect(acted.exec(text)?.[0]).toBeUndefined();
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
  });

  test('markdown shows hostile names written out, too', () => {
    const text = upgradeMarkdown(report);
    expect(acted.exec(text)?.[0]).toBeUndefined();
    expect(text).toContain('**breaks:** shop/\\\\x1b\\[2J');
  });
});
