import fc from 'fast-check';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import type { Course, Operation, Write } from './operations.ts';
import { randomPools } from './random-pools.ts';
import type { RandomPools } from './random-pools.ts';
import { leftStatus, randomServices } from './random-services.ts';
import type { RandomServices } from './random-services.ts';

const zones = fc.constantFrom<Record<string, string>>({}, { zone: 'north' }, { zone: 'south' });

const namespaceOf = (name: string): fc.Arbitrary<RawObject> =>
  zones.map((labels) => ({ kind: 'Namespace', metadata: { name, labels } }));

const namespaceWrite: fc.Arbitrary<Write> = fc
  .constantFrom('team-a', 'team-b', 'team-c')
  .chain(namespaceOf)
  .map((object) => ({ kind: 'put', object }));

const change = (writes: readonly Write[]): Operation => ({ op: 'change', writes });

/** What courses are made of. */
interface Matter {
  readonly pools: RandomPools;
  readonly services: RandomServices;
}

function operationOn({ pools, services }: Matter): fc.Arbitrary<Operation> {
  const write = fc.oneof(
    { weight: 12, arbitrary: services.write },
    { weight: 6, arbitrary: pools.write },
    { weight: 2, arbitrary: namespaceWrite },
  );
  return fc.oneof(
    { weight: 16, arbitrary: write.map((one) => change([one])) },
    { weight: 4, arbitrary: several(services.write).map(change) },
    { weight: 1, arbitrary: fc.constant<Operation>({ op: 'restart' }) },
  );
}

/**
 * Two or three Services at once. Pools and Services at once are left out: they come to the controller over watches of
 * their own, and a look at the pools may fall between any two Services of a pass over all of them.
 */
function several(one: fc.Arbitrary<Write>): fc.Arbitrary<readonly Write[]> {
  return fc.uniqueArray(one, {
    minLength: 2,
    maxLength: 3,
    selector: ({ kind, object }) => (kind === 'put' ? object.metadata.name : object.name),
    size: 'max',
  });
}

function startedOf(services: RandomServices): fc.Arbitrary<RawObject> {
  return fc
    .tuple(services.service, leftStatus)
    .map(([object, status]) =>
      status === undefined || object.spec?.['type'] !== 'LoadBalancer'
        ? object
        : { ...object, status },
    );
}

const named = ({ kind, metadata }: RawObject): string => `${kind} ${metadata.name}`;

/** A course of the given number of operations. */
export function courseOf(operations: { min: number; max: number }): fc.Arbitrary<Course> {
  const { any, plain, sharing } = randomServices;
  const { any: anyPools, pinned } = randomPools;
  return fc.oneof(
    { weight: 3, arbitrary: courseAmong({ pools: anyPools, services: any }, operations) },
    { weight: 2, arbitrary: courseAmong({ pools: anyPools, services: sharing }, operations) },
    { weight: 2, arbitrary: courseAmong({ pools: pinned, services: plain }, operations) },
  );
}

function courseAmong(
  matter: Matter,
  { min, max }: { min: number; max: number },
): fc.Arbitrary<Course> {
  const startedServices = fc.uniqueArray(startedOf(matter.services), {
    minLength: 2,
    maxLength: 5,
    selector: named,
    size: 'max',
  });
  const startedPools = fc.uniqueArray(matter.pools.pool, {
    maxLength: 4,
    selector: named,
    size: 'max',
  });
  const namespaces = fc.tuple(namespaceOf('team-a'), namespaceOf('team-b'));
  return fc.record({
    start: fc.tuple(namespaces, startedPools, startedServices).map((parts) => parts.flat()),
    operations: fc.array(operationOn(matter), { minLength: min, maxLength: max, size: 'max' }),
  });
}

/** The same course for a cluster of IPv4 alone, where only preferring two families is allowed and gives one. */
export function onIPv4Alone({ start, operations }: Course): Course {
  return {
    start: start.map(withOneFamily),
    operations: operations.map((each) =>
      each.op === 'restart' ? each : change(each.writes.map(writeOfOneFamily)),
    ),
  };
}

function writeOfOneFamily(one: Write): Write {
  switch (one.kind) {
    case 'put':
      return { ...one, object: withOneFamily(one.object) };
    case 'tweak':
      return { ...one, change: { ...one.change, ...withOneFamily(one.change) } };
    case 'delete':
      return one;
  }
}

function withOneFamily<Part extends Pick<RawObject, 'spec'>>(part: Part): Part {
  const policy = part.spec?.['ipFamilyPolicy'];
  if (policy === undefined) {
    return part;
  }
  const ipFamilyPolicy = policy === 'RequireDualStack' ? 'PreferDualStack' : policy;
  return { ...part, spec: { ...part.spec, ipFamilyPolicy, ipFamilies: ['IPv4'] } };
}
