import type { Service } from '../../core/facts/kube-objects.ts';
import type { IpAddress } from '../../core/facts/ip.ts';
import { claimOf } from '../../core/metallb/claim.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { isConfigurationComplaint, logLines } from '../models/testimony/log-lines.ts';
import { poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine, workedOut } from '../models/seen.ts';
import { isPending, keyOfService } from '../models/services.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { allocatorHelps, allocatorNeeds, asReading } from './material.ts';
import { heldBy, servedIn, sureModel } from './material.ts';
import { isWrittenByOthers } from '../models/rivals/written-by-others.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';

/** Faults of the controller in keeping addresses and configuration over time. */
export const upkeepBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#1774',
    related: ['metallb#435', 'metallb#2004'],
    title: 'After a restart two Services hold one address',
    program: 'controller',
    since: undefined,
    fixedIn: 'v0.14.2',
    severity: 'warning',
    whatGoesWrong:
      'On start these releases look at the Services in no particular order: one that waits can take an address that another one still shows in its status.',
    recognisedBy: 'an address in the status of two Services that do not share it',
    workaround:
      'Touch the Service that should not have it. Do not restart the controller while a Service is pending.',
    accountsFor: ['duplicate-address'],
    needs: ['services'],
    helps: [],
    signs: (facts) => duplicates(facts).map((twice) => duplicateSign(twice, 'after a restart')),
  }),
  defineBug({
    bug: 'metallb#1591',
    related: [],
    title: 'A pool that is deleted and made again gives out addresses twice',
    program: 'controller',
    since: undefined,
    fixedIn: 'v0.14.2',
    severity: 'warning',
    whatGoesWrong:
      'When a pool goes while Services hold its addresses, these releases forget who holds what. Once the pool is back, the same addresses are given again.',
    recognisedBy:
      'an address held by two Services, in a pool that was made after the first of them',
    workaround: 'Touch the Service that should not have the address.',
    accountsFor: ['duplicate-address'],
    needs: ['services', 'ipAddressPools'],
    helps: ['namespaces', 'communities'],
    signs: (facts) => {
      const born = new Map(
        facts.ipAddressPools.map(({ metadata }) => [metadata.name, metadata.creationTimestamp]),
      );
      return duplicates(facts)
        .filter(({ address, services }) => {
          const pool = poolIndexOf(facts).holding(address)[0]?.name ?? '';
          return services.some((service) => isBefore(service, born.get(pool)));
        })
        .map((twice) => duplicateSign(twice, 'and their pool was made again since'));
    },
  }),
  defineBug({
    bug: 'metallb#660',
    related: ['metallb#348', 'metallb#462', 'metallb#2097'],
    title: 'Pools that would strand an address are refused as a whole',
    program: 'controller',
    since: undefined,
    fixedIn: 'v0.14.2',
    severity: 'warning',
    whatGoesWrong:
      'A change of the pools after which some Service would hold an address of no pool is not accepted: the controller goes on with the old pools, and every other change made with it has no effect either.',
    recognisedBy: 'a Service that holds an address of no present pool',
    workaround:
      'Put the range back, or move the Service off the address first, and change the pools then.',
    accountsFor: ['address-outside-pools', 'config-rejected'],
    needs: ['services', 'ipAddressPools'],
    helps: ['namespaces', 'communities', 'nodes', 'daemonSets'],
    signs: (facts) =>
      configurationOf(facts)?.state === 'accepted'
        ? servedIn(facts).flatMap((service) => {
            // what somebody else wrote MetalLB never booked, and need not keep
            if (isWrittenByOthers(service, facts)) {
              return [];
            }
            const strays = strayAddresses(service, poolIndexOf(facts));
            return strays.length === 0
              ? []
              : [
                  {
                    about: refOf(service),
                    says: `${keyOfService(service)} holds ${strays.join(', ')}, which no pool has now: this release then keeps to the old pools`,
                    because: [
                      seenField(refOf(service), 'status.loadBalancer.ingress', strays.join(', ')),
                    ],
                  },
                ];
          })
        : [],
  }),
  defineBug({
    bug: 'metallb#1984',
    related: ['metallb#2443', 'metallb#2479', 'metallb#2004'],
    title: 'A restart can give a held address to a waiting Service',
    program: 'controller',
    since: 'v0.13.0',
    fixedIn: 'v0.14.2',
    severity: 'warning',
    whatGoesWrong:
      'On start these releases do not look at the Services with addresses first. While one waits, the next restart of the controller may give it an address that another one holds, and that one moves or loses it.',
    recognisedBy: 'a pending Service that finds every address of its pools taken',
    workaround:
      'Do not restart the controller before the waiting Service is served or gone. Services that must not move should request their address.',
    accountsFor: ['addresses-reshuffled'],
    needs: allocatorNeeds,
    whole: ['services'],
    helps: allocatorHelps,
    signs: (facts) => {
      const waiting = servedIn(facts).filter(isPending);
      const model = waiting.length === 0 ? undefined : sureModel(facts);
      return waiting.flatMap((service) => {
        const answer = model?.answerFor(service);
        return answer?.outcome === 'refused' && answer.reason.kind === 'pool-exhausted'
          ? [
              {
                about: refOf(service),
                says: `${keyOfService(service)} waits for an address of a full pool: the next restart of the controller may take one from its holder`,
                because: [
                  workedOut(
                    refOf(service),
                    'before v0.14.2 Services are looked at in no particular order on start (#1984)',
                    `every address of ${answer.reason.pools.join(', ')} is taken`,
                  ),
                ],
              },
            ]
          : [];
      });
    },
  }),
  defineBug({
    bug: 'metallb#2245',
    related: [],
    title: 'The metric and alert of a stale configuration stay after it was mended',
    program: 'controller',
    since: 'v0.13.12',
    fixedIn: undefined,
    severity: 'info',
    whatGoesWrong:
      'A refused configuration sets metallb_k8s_client_config_stale_bool to 1. Going back to exactly the configuration that was loaded before takes a path that never sets it to 0 again, so MetalLBStaleConfig fires although all is well.',
    recognisedBy:
      'a refusal in the controller log, no later reload, and pools that are accepted as they are now',
    workaround: 'Restart the controller when nothing is pending, or make a real change to a pool.',
    accountsFor: ['stale-flag-lingers'],
    needs: ['ipAddressPools', 'controllerLogs'],
    helps: ['namespaces', 'communities', 'configurationStates'],
    signs: (facts) => (isSettledAgain(facts) ? staleSigns(facts) : []),
  }),
];

interface Twice {
  readonly address: IpAddress;
  readonly services: readonly Service[];
}

function duplicates(facts: Facts<'services'>): readonly Twice[] {
  const behaviour = behaviourOf(facts.installation?.controllerVersion);
  const holders = servedIn(facts).flatMap((service) =>
    heldBy(service).map((address) => ({ address, service })),
  );
  return [...Map.groupBy(holders, ({ address }) => address)]
    .filter(([, all]) => all.length > 1)
    .map(([address, all]) => ({ address, services: all.map(({ service }) => service) }))
    .filter(({ services }) => {
      const keys = services.map((service) => claimOf(service, behaviour).sharingKey);
      return keys.includes('') || new Set(keys).size > 1;
    });
}

function duplicateSign({ address, services }: Twice, when: string): Sign {
  const [first] = services;
  const names = services.map(keyOfService).join(' and ');
  return {
    about: first === undefined ? undefined : refOf(first),
    says: `${names} hold ${address} without sharing it, as this release lets happen ${when}`,
    because: services.map((service) =>
      seenField(refOf(service), 'status.loadBalancer.ingress', address),
    ),
  };
}

function isBefore({ metadata }: Service, time: string | undefined): boolean {
  const { creationTimestamp } = metadata;
  return (
    time !== undefined &&
    creationTimestamp !== undefined &&
    Date.parse(creationTimestamp) < Date.parse(time)
  );
}

type StaleFacts = Facts<
  'ipAddressPools' | 'controllerLogs',
  'namespaces' | 'communities' | 'configurationStates'
>;

/** Releases that rewrite the loaded pools find every parse different, reload, and set the metric right. */
function isSettledAgain(facts: StaleFacts): boolean {
  const configuration = configurationOf(facts);
  const states = facts.configurationStates;
  const isInvalid =
    states.state === 'read' &&
    states.items.some(
      ({ metadata, status }) => metadata.name === 'controller' && status.result === 'Invalid',
    );
  const rewrites =
    !behaviourOf(facts.installation?.controllerVersion).comparesConfigurationTruly &&
    (configuration?.pools ?? []).some(({ addresses }) =>
      addresses.some((entry) => entry.includes('.') && !entry.includes('-')),
    );
  return configuration?.state === 'accepted' && !isInvalid && !rewrites;
}

function staleSigns(facts: StaleFacts): readonly Sign[] {
  const lines = logLines(asReading(facts.controllerLogs), facts.takenAt).filter(
    ({ previous }) => !previous,
  );
  const complaint = lines.findLast(isConfigurationComplaint);
  const isReloaded = lines
    .slice(complaint === undefined ? 0 : lines.indexOf(complaint))
    .some(({ values }) => values.get('event') === 'config reloaded');
  return complaint === undefined || isReloaded
    ? []
    : [
        {
          about: undefined,
          says: 'the controller refused its pools and never loaded others, and the pools are fine now: its stale-configuration metric stays 1',
          because: [seenLine(complaint)],
        },
      ];
}
