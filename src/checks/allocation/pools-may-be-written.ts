import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { agoText } from '../models/ages.ts';
import { logLines, type LogLine } from '../models/testimony/log-lines.ts';
import { everyoneOr } from '../models/reach.ts';
import { seenField, seenLine } from '../models/seen.ts';

const looksAtNodes = /^v?0\.15\.0(?![0-9.])/;

/** v0.15.0 alone refuses pools for node addresses, and mistakes ranges for whole networks (#2779, taken back in v0.15.1). */
export const poolsMayBeWritten = defineCheck({
  id: 'MLB-A31',
  asks: 'Does this release let every valid pool be written?',
  symptoms: ['pending', 'health'],
  causes: ['pool-refused-for-node-address'],
  needs: ['ipAddressPools'],
  helps: ['controllerLogs'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const home = facts.installation?.namespace ?? 'metallb-system';
    const refused = logLines(facts.controllerLogs, facts.takenAt).findLast(({ words }) =>
      / contains nodeIp /i.test(words),
    );
    const risky = facts.ipAddressPools.find(
      ({ metadata, spec }) =>
        metadata.namespace === home && spec.addresses.some((entry) => entry.includes('-')),
    );
    const name = refused?.values.get('name') ?? risky?.metadata.name;
    return name === undefined || !looksAtNodes.test(facts.installation?.controllerVersion ?? '')
      ? []
      : [
          {
            ...finding({ kind: 'IPAddressPool', namespace: home, name }, refused, facts.takenAt),
            affects: everyoneOr(subject),
          },
        ];
  },
});

function finding(about: ObjectRef, refused: LogLine | undefined, now: string): Found {
  const { name, namespace = 'metallb-system' } = about;
  return {
    cause: 'pool-refused-for-node-address',
    severity: refused === undefined ? 'info' : 'warning',
    about,
    affects: [],
    says:
      refused === undefined
        ? `v0.15.0 may refuse the next change of pool ${name}: it takes ranges for whole networks and looks for node addresses in them`
        : `v0.15.0 refused to let pool ${name} be written${agoText(refused.at, now)}: ${refused.words}`,
    details: [
      'the check came with v0.15.0 and was taken back in v0.15.1 (#2779, #2780); no other release has it',
      'what was refused is not in the cluster: the pools are as they were before',
    ],
    because: [
      seenField({ kind: 'Namespace', name: namespace }, 'controller version', 'v0.15.0'),
      ...(refused === undefined ? [] : [seenLine(refused)]),
    ],
    doubts: ['the pool really does contain the address of a node'],
    suggests: [
      {
        says: 'upgrade to v0.15.1 or later, then apply the pool again',
        command: kubectl`-n ${namespace} get deployments -o wide`,
        mutates: false,
      },
    ],
  };
}
