import {
  reaches,
  type AddressChange,
  type ComparedCause,
  type ComparedSide,
  type Difference,
  type NewEvent,
  type Reach,
} from '../../facts/difference.ts';
import type { Diagnosis, RootCause } from '../../facts/finding.ts';
import { compareAddresses } from '../../facts/ip.ts';
import type { KubeEvent, Service } from '../../facts/kube-objects.ts';
import { keyOf, nameOf, type ObjectRef } from '../../facts/object-ref.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { identityOf, likenessOf } from '../same-cluster.ts';
import { idOf, lingering } from '../lingering.ts';
import { compared, coverage, type Pair } from './compare.ts';
import { addressesOf, nearnessTo, type Nearness } from './reach.ts';
import { releaseChanges } from './releases.ts';

/** One of the two, read and judged by itself. */
export interface Side {
  readonly path: string;
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
}

/** What changed from one snapshot to the other, nearest to the subject first. */
export function differenceBetween(
  old: Side,
  fresh: Side,
  subject: ObjectRef | undefined,
): Difference {
  const pair: Pair = { old: old.snapshot.readings, new: fresh.snapshot.readings };
  const nearness = nearnessTo(subject, pair);
  const { changes, uncompared } = compared(pair);
  return {
    subject,
    old: sideOf(old),
    new: sideOf(fresh),
    causes: comparedCauses(old.diagnosis, fresh.diagnosis),
    addresses: movedAddresses(pair, subject),
    changes: [
      ...releaseChanges(old.snapshot, fresh.snapshot),
      ...changes.map((change) => ({ ...change, reach: nearness(change.about) })),
    ].toSorted((left, right) => byReach(left, right) || byName(left.about, right.about)),
    events: newEvents(pair, nearness),
    uncompared,
    notices: noticesOf(old, fresh),
  };
}

function sideOf({ path, snapshot, diagnosis }: Side): ComparedSide {
  const { takenAt, target, installations } = snapshot;
  const { outcome, headline } = diagnosis;
  return { path, takenAt, target, installation: installations[0], outcome, headline };
}

function comparedCauses(old: Diagnosis, fresh: Diagnosis): Difference['causes'] {
  const ids = (diagnosis: Diagnosis) => new Set(diagnosis.rootCauses.map(idOf));
  const [before, after] = [ids(old), ids(fresh)];
  const missing = old.rootCauses.filter((root) => !after.has(idOf(root)));
  return {
    came: fresh.rootCauses.filter((root) => !before.has(idOf(root))).map(told),
    went: missing.filter((root) => lingering(root, fresh) === undefined).map(told),
    stayed: [
      ...fresh.rootCauses.filter((root) => before.has(idOf(root))),
      ...missing.filter((root) => lingering(root, fresh) === 'behind'),
    ].map(told),
  };
}

/** Nobody could look again, so they are neither gone nor still there. */
function causesLost({ diagnosis: old }: Side, { diagnosis: fresh }: Side): readonly string[] {
  const after = new Set(fresh.rootCauses.map(idOf));
  return old.rootCauses
    .filter((root) => !after.has(idOf(root)) && lingering(root, fresh) === 'unknown')
    .map(({ cause, about }) => `whether ${cause} of ${nameOf(about)} is still there is not known`);
}

function told({ cause, check, severity, about, says }: RootCause): ComparedCause {
  return { cause, check, severity, about, says };
}

function movedAddresses(pair: Pair, subject: ObjectRef | undefined): readonly AddressChange[] {
  if (pair.old.services.state !== 'read' || pair.new.services.state !== 'read') {
    return [];
  }
  const before = byKey(pair.old.services.items);
  const after = byKey(pair.new.services.items);
  const isCovered = coverage(pair.old.services, pair.new.services);
  const isSubject = ({ service }: AddressChange) =>
    subject !== undefined && keyOf(service) === keyOf(subject);
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .flatMap((key) => {
      const [was, is] = [shown(before.get(key)), shown(after.get(key))];
      const { namespace = '', name = key } = (after.get(key) ?? before.get(key))?.metadata ?? {};
      const service = { kind: 'Service', namespace, name };
      return was.join() === is.join() || !isCovered(service)
        ? []
        : [{ service, before: was, after: is }];
    })
    .toSorted((left, right) => Number(isSubject(right)) - Number(isSubject(left)));
}

function byKey(services: readonly Service[]): ReadonlyMap<string, Service> {
  return new Map(services.map((service) => [keyOf(service.metadata), service]));
}

function shown(service: Service | undefined): readonly string[] {
  return addressesOf(service).toSorted(compareAddresses);
}

/** Events fade after an hour, so that one which is gone says nothing. */
function newEvents(pair: Pair, nearness: Nearness): readonly NewEvent[] {
  const seen = new Map(itemsIfRead(pair.old.events).map((event) => [eventId(event), event.count]));
  return itemsIfRead(pair.new.events)
    .filter((event) => event.count > (seen.get(eventId(event)) ?? 0))
    .filter(() => pair.old.events.state === 'read')
    .map(({ about, reason, message, lastAt }) => {
      const { kind, namespace, name } = about;
      const ref = namespace === undefined ? { kind, name } : { kind, namespace, name };
      return { about: ref, reach: nearness(ref), reason, message, at: lastAt };
    })
    .toSorted(
      (left, right) =>
        byReach(left, right) ||
        (right.at ?? '').localeCompare(left.at ?? '') ||
        byName(left.about, right.about),
    );
}

function eventId({ metadata, about, reason, message }: KubeEvent): string {
  return [metadata.uid ?? keyOf(metadata), keyOf(about), reason, message].join('\n');
}

function byReach(left: { readonly reach: Reach }, right: { readonly reach: Reach }): number {
  return reaches.indexOf(left.reach) - reaches.indexOf(right.reach);
}

function byName(left: ObjectRef, right: ObjectRef): number {
  const [a, b] = [nameOf(left), nameOf(right)];
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function noticesOf(old: Side, fresh: Side): readonly string[] {
  const [before, after] = [old.snapshot.takenAt, fresh.snapshot.takenAt];
  const [one, other] = [identityOf(old.snapshot), identityOf(fresh.snapshot)];
  return [
    ...(before > after
      ? [`the first is NEWER than the second (${before} and ${after}): swapped?`]
      : []),
    ...(likenessOf(one, other) === 'other'
      ? ['these are TWO CLUSTERS: their Services default/kubernetes have different uids']
      : []),
    ...causesLost(old, fresh),
    ...[old, fresh].flatMap(({ path, snapshot }) =>
      (snapshot.notices ?? []).map((notice) => `${path}: ${notice}`),
    ),
  ];
}
