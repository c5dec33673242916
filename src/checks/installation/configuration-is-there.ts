import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { ageMs, agoText } from '../models/ages.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { controllerOf } from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';
import { isNotedByMetalLB, keyOfService } from '../models/services.ts';

type LossFacts = Facts<
  | 'ipAddressPools'
  | 'l2Advertisements'
  | 'bgpAdvertisements'
  | 'services'
  | 'deployments'
  | 'daemonSets'
  | 'pods',
  'controllerLogs'
>;

const hourMs = 3_600_000;
const definition = { kind: 'CustomResourceDefinition', name: 'ipaddresspools.metallb.io' };

/** Whoever deletes a definition deletes every object of it: a chart that stops shipping its CRDs does so. */
export const configurationIsThere = defineCheck({
  id: 'MLB-I38',
  asks: `Is MetalLB's configuration still there?`,
  symptoms: ['pending', 'health', 'no-traffic'],
  causes: ['configuration-lost'],
  needs: [
    'ipAddressPools',
    'l2Advertisements',
    'bgpAdvertisements',
    'services',
    'deployments',
    'daemonSets',
    'pods',
  ],
  helps: ['controllerLogs'],
  enoughInNamespace: ['services'],
  link: 'advertised',
  basis: 'inferred',
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    if (facts.installation.configMap !== undefined) {
      return 'this release has its configuration in a ConfigMap';
    }
    const { ipAddressPools, l2Advertisements, bgpAdvertisements } = facts;
    return ipAddressPools.length + l2Advertisements.length + bgpAdvertisements.length > 0
      ? 'there are pools or advertisements'
      : undefined;
  },
  run: (facts, subject) => {
    const traces = [...remade(facts), ...withoutKinds(facts), ...heldBy(facts)];
    const [first] = traces;
    if (first === undefined) {
      return [];
    }
    return [
      {
        cause: 'configuration-lost',
        severity: 'error',
        about: definition,
        affects: everyoneOr(subject),
        says: `MetalLB's whole configuration is gone: no pool and no advertisement is left, ${first.says}`,
        details: [
          ...traces.map(({ detail }) => detail),
          'with the definitions (CRDs) go all their objects; the chart does not keep them when it stops shipping them',
        ],
        because: traces.map(({ evidence }) => evidence),
        doubts: ['somebody removed pools and advertisements on purpose'],
        suggests: [
          {
            says: 'see when the definition was made: after the installation means that it was deleted in between',
            command: `kubectl get crd ipaddresspools.metallb.io -o jsonpath='{.metadata.creationTimestamp}'`,
            mutates: false,
          },
          {
            says: 'bring pools and advertisements back from Git or a backup; Services that name their address get it again, others may get another one',
            command:
              'kubectl get ipaddresspools.metallb.io,l2advertisements.metallb.io,bgpadvertisements.metallb.io,bgppeers.metallb.io -A',
            mutates: false,
          },
        ],
      },
    ];
  },
});

interface Trace {
  readonly says: string;
  readonly detail: string;
  readonly evidence: Evidence;
}

/** The definition is younger than what works with it. */
function remade(facts: LossFacts): readonly Trace[] {
  const { metallbDefinedAt: made, takenAt } = facts;
  const installed = controllerOf(facts)?.workload?.metadata.creationTimestamp;
  const lead = made === undefined ? undefined : ageMs(installed, made);
  return made === undefined || lead === undefined || lead < hourMs
    ? []
    : [
        {
          says: 'and their definitions are newer than the installation',
          detail: `the definition of IPAddressPools was made${agoText(made, takenAt)}, the controller's Deployment${agoText(installed, takenAt)}`,
          evidence: seenField(definition, 'metadata.creationTimestamp', made),
        },
      ];
}

/** The controller saw its kinds vanish. */
function withoutKinds({ controllerLogs, takenAt }: LossFacts): readonly Trace[] {
  const line = logLines(controllerLogs, takenAt).findLast(({ text }) =>
    /could not find the requested resource.*metallb\.io|IPAddressPool.*could not find the requested resource/.test(
      text,
    ),
  );
  return line === undefined
    ? []
    : [
        {
          says: 'and the controller saw its kinds vanish',
          detail: `the controller said${agoText(line.at, takenAt)}: ${line.words}`,
          evidence: seenLine(line),
        },
      ];
}

const shown = 4;

/** Services that still carry what MetalLB gave them out of pools that nobody has any more. */
function heldBy({ services }: LossFacts): readonly Trace[] {
  const holders = services.filter(
    (service) => service.status.ingress.length > 0 && isNotedByMetalLB(service),
  );
  return holders.slice(0, 1).map((service) => ({
    says: 'while Services still hold addresses out of pools',
    detail: `addresses out of pools that are gone: ${holders.slice(0, shown).map(keyOfService).toSorted().join(', ')}`,
    evidence: seenField(
      refOf(service),
      'status.loadBalancer.ingress',
      service.status.ingress.map(({ ip }) => ip ?? '').join(', '),
    ),
  }));
}
