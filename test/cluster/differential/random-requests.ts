import fc from 'fast-check';
import { poolNames } from './random-pools.ts';

/** An address that some pool may hold. */
export const address = fc
  .tuple(fc.constantFrom(1, 1, 2, 3), fc.constantFrom(0, 0, 1, 2, 4, 8, 254, 255))
  .chain(([block, host]) =>
    fc.constantFrom(`10.${block}.0.${host}`, `10.${block}.0.${host}`, `fd00:${block}::${host}`),
  );
const both = fc
  .tuple(fc.constantFrom(1, 2), fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 8))
  .map(([block, four, six]) => `fd00:${block}::${six},10.${block}.0.${four}`);
/** What may stand in `loadBalancerIPs`. */
export const addressText = fc.oneof(
  { weight: 6, arbitrary: address },
  { weight: 5, arbitrary: both },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      'here',
      '10.1.0.1,10.1.0.2',
      ' 10.1.0.1 ',
      'FD00:1::1',
      '10.1.0.01',
    ),
  },
);
/** What may stand in `address-pool`. */
export const poolName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...poolNames) },
  { weight: 1, arbitrary: fc.constantFrom('', 'zulu', ' alpha') },
);
/** What an annotation may begin with. */
export const prefix = fc.constantFrom('metallb.io/', 'metallb.io/', 'metallb.universe.tf/');

const annotationOf = (
  name: string,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<Record<string, string>> =>
  fc.tuple(prefix, value).map(([start, text]) => ({ [start + name]: text }));

/** What a Service may ask for. */
export const annotations: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    sometimes(5, annotationOf('address-pool', poolName)),
    sometimes(6, annotationOf('loadBalancerIPs', addressText)),
    sometimes(3, annotationOf('allow-shared-ip', fc.constantFrom('k1', 'k1', 'k2', ''))),
  )
  .map((parts) => Object.assign({}, ...parts) as Record<string, string>);

/** Seldom something, else nothing. */
function sometimes(
  oneIn: number,
  something: fc.Arbitrary<Record<string, string>>,
): fc.Arbitrary<Record<string, string>> {
  return fc.oneof(
    { weight: oneIn - 1, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: something },
  );
}

/** The families that a request needs, else those that were drawn. */
export function familiesFor(
  asks: Readonly<Record<string, string>>,
  drawn: Record<string, unknown>,
): Record<string, unknown> {
  const request = Object.entries(asks).find(([name]) => name.endsWith('/loadBalancerIPs'))?.[1];
  if (request === undefined || !/[.:]/.test(request)) {
    return drawn;
  }
  if (request.includes(',')) {
    return { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] };
  }
  return { ipFamilyPolicy: 'SingleStack', ipFamilies: [request.includes(':') ? 'IPv6' : 'IPv4'] };
}
