import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import { addressRequestOf } from '../../core/metallb/requests.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { agoText } from '../models/ages.ts';
import {
  type ClearedAddress,
  clearedFrom,
  type PoolChange,
} from '../models/allocation/cleared-addresses.ts';
import { noEventsToAsk } from '../models/testimony/events.ts';
import {
  namespacesIfSelected,
  noPoolsToJudge,
  ownPools,
} from '../models/configuration/configuration.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

type MovedFacts = Facts<'services' | 'ipAddressPools', 'namespaces' | 'communities' | 'events'>;

const shown = 8;

/** From v0.14.2 on an address that the pools no longer allow is taken away at the next look, not kept. */
export const poolChangesMovedNobody = defineCheck({
  id: 'MLB-H12',
  asks: 'Did Services keep their addresses through the last changes of the pools?',
  symptoms: ['pending', 'health'],
  causes: ['pool-change-moved-addresses'],
  needs: ['services', 'ipAddressPools'],
  helps: ['namespaces', 'communities', 'events'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts) => noPoolsToJudge(facts) ?? noEventsToAsk(facts),
  run: (facts, subject) => {
    const asked = subject === undefined ? facts.services : [subject];
    const cleared = asked
      .filter((service) => isServedBy(facts.installation, service))
      .flatMap((service) => clearedFrom(service, facts).slice(0, 1))
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1));
    return [...Map.groupBy(cleared, ({ change }) => nameOfChange(change)).entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, group]) => finding(group, facts));
  },
});

function nameOfChange(change: PoolChange): string {
  return change.kind === 'range-gone' ? change.kind : `${change.kind} ${change.pool}`;
}

function finding(group: readonly ClearedAddress[], facts: MovedFacts): readonly Found[] {
  const [first] = group;
  if (first === undefined) {
    return [];
  }
  const refs = group.map(({ service }) => refOf(service));
  const who = group.length === 1 ? keyOfService(first.service) : `${group.length} Services`;
  const about = placeOf(first, facts);
  return [
    {
      cause: 'pool-change-moved-addresses',
      severity: 'warning',
      about,
      affects: refs,
      says: `${who} lost ${group.length === 1 ? 'its address' : 'their addresses'}${agoText(first.event.lastAt, facts.takenAt)}: ${changeText(first.change)}`,
      details: [
        ...group.slice(0, shown).map(lineOf),
        ...(group.length > shown ? [`and ${group.length - shown} more`] : []),
        ...lastEdits(facts),
      ],
      because: [
        workedOut(about, 'metallb controller: isServiceAllowed', changeText(first.change)),
        ...group.slice(0, shown).map(({ event }) => seenEvent(event)),
      ],
      doubts: ['somebody else wrote the lost address into the status'],
      suggests: remedies(first, facts),
    },
  ];
}

function placeOf({ change, service }: ClearedAddress, { installation }: MovedFacts): ObjectRef {
  return change.kind === 'range-gone'
    ? refOf(service)
    : { kind: 'IPAddressPool', namespace: installation?.namespace ?? '', name: change.pool };
}

function changeText(change: PoolChange): string {
  switch (change.kind) {
    case 'range-gone':
      return 'a range was cut, moved or removed, so that no pool contains what was held';
    case 'avoids-buggy':
      return `pool ${change.pool} now avoids addresses that end in .0 or .255`;
    case 'pinned-away':
      return `pool ${change.pool} was then not for it, so its serviceAllocation or the labels were changed`;
    case 'changed-back':
      return `pool ${change.pool} contains it again, so its range was changed and changed back`;
  }
}

function lineOf({ service, addresses }: ClearedAddress): string {
  const now = addressesIn(service).join(', ');
  const lost = addresses.length === 0 ? '' : ` lost ${addresses.join(', ')},`;
  return `${keyOfService(service)}${lost} ${now === '' ? 'has none now' : `has ${now} now`}`;
}

const editsShown = 2;

/** Who wrote the pools last; the field manager is the tool, and often the person. */
function lastEdits(facts: MovedFacts): readonly string[] {
  return ownPools(facts)
    .flatMap(({ metadata }) =>
      metadata.managedFields
        .filter(({ subresource, time }) => subresource === undefined && time !== undefined)
        .map(({ manager, time = '' }) => ({ pool: metadata.name, manager, time })),
    )
    .toSorted((a, b) => (a.time < b.time ? 1 : -1))
    .slice(0, editsShown)
    .map(
      ({ pool, manager, time }) =>
        `pool ${pool} was written${agoText(time, facts.takenAt)} by ${manager}`,
    );
}

function remedies({ change, addresses, service }: ClearedAddress, { installation }: MovedFacts) {
  const home = installation?.namespace ?? 'metallb-system';
  const { namespace = 'default', name } = service.metadata;
  const pools =
    change.kind === 'range-gone'
      ? kubectl`-n ${home} get ipaddresspools.metallb.io -o yaml`
      : kubectl`-n ${home} get ipaddresspool ${change.pool} -o yaml`;
  const lost = addresses.join(',');
  const behaviour = behaviourOf(installation?.controllerVersion);
  const prefix = behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix;
  // a second request beside the first would be refused as a contradiction
  const asks = addressRequestOf(service, behaviour).kind !== 'none';
  return [
    {
      says: 'look at the pools as they are, and undo the change if it was not meant',
      command: pools,
      mutates: false,
    },
    ...(lost === '' || asks
      ? []
      : [
          {
            says: `only when a pool allows ${lost} again: ask for it, where clients still use it (asked too early, the Service loses what it has now)`,
            command: kubectl`-n ${namespace} annotate service ${name} ${`${prefix}loadBalancerIPs=${lost}`} --overwrite`,
            mutates: true,
          },
        ]),
  ];
}
