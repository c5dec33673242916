import fc from 'fast-check';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import type { Course, Operation, Write } from './operations.ts';
import { pool, poolWrite } from './random-pools.ts';
import { leftStatus, service, serviceWrite } from './random-services.ts';

const zones = fc.constantFrom<Record<string, string>>({}, { zone: 'north' }, { zone: 'south' });

const namespaceOf = (name: string): fc.Arbitrary<RawObject> =>
  zones.map((labels) => ({ kind: 'Namespace', metadata: { name, labels } }));

const namespaceWrite: fc.Arbitrary<Write> = fc
  .constantFrom('team-a', 'team-b', 'team-c')
  .chain(namespaceOf)
  .map((object) => ({ kind: 'put', object }));

const write: fc.Arbitrary<Write> = fc.oneof(
  { weight: 12, arbitrary: serviceWrite },
  { weight: 6, arbitrary: poolWrite },
  { weight: 2, arbitrary: namespaceWrite },
);

const change = (writes: readonly Write[]): Operation => ({ op: 'change', writes });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 16, arbitrary: write.map((one) => change([one])) },
  {
    weight: 4,
    arbitrary: distinct(write).map(change),
  },
  { weight: 1, arbitrary: fc.constant<Operation>({ op: 'restart' }) },
);

/** Two or three writes at once, each to another object, one pool at most: the webhook is asked before all of them. */
function distinct(one: fc.Arbitrary<Write>): fc.Arbitrary<readonly Write[]> {
  return fc.uniqueArray(one, {
    minLength: 2,
    maxLength: 3,
    selector: placeOf,
    size: 'max',
  });
}

function placeOf(one: Write): string {
  const { kind } = one.object;
  if (kind === 'IPAddressPool') {
    return kind;
  }
  return `${kind} ${one.kind === 'put' ? one.object.metadata.name : one.object.name}`;
}

const startedService = fc
  .tuple(service, leftStatus)
  .map(([object, status]) =>
    status === undefined || object.spec?.['type'] !== 'LoadBalancer'
      ? object
      : { ...object, status },
  );

const named = ({ kind, metadata }: RawObject): string => `${kind} ${metadata.name}`;

/** A course of the given number of operations. */
export function courseOf(operations: { min: number; max: number }): fc.Arbitrary<Course> {
  return fc.record({
    start: fc
      .tuple(
        fc.tuple(namespaceOf('team-a'), namespaceOf('team-b')),
        fc.uniqueArray(pool, { maxLength: 4, selector: named, size: 'max' }),
        fc.uniqueArray(startedService, {
          minLength: 2,
          maxLength: 5,
          selector: named,
          size: 'max',
        }),
      )
      .map((parts) => parts.flat()),
    operations: fc.array(operation, {
      minLength: operations.min,
      maxLength: operations.max,
      size: 'max',
    }),
  });
}
