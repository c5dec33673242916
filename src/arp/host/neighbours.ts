import {
  contains,
  familyOf,
  parseAddress,
  parseCidr,
  type IpAddress,
} from '../../core/facts/ip.ts';
import { mostNeighbours } from '../../core/facts/wire-port.ts';
import type { HostInterface } from './host-port.ts';
import type { Look } from '../prober.ts';

/** Which neighbours are asked for in the same look. */
export interface NeighboursToAsk {
  readonly asked: readonly IpAddress[];
  /** What is left out, complete in itself; nothing when all are asked for. */
  readonly unseen: readonly string[];
}

/** Those of the same family that are on the link; what is behind a gateway has no Ethernet address here. */
export function neighboursToAsk(
  { question, family, address }: Pick<Look, 'question' | 'family' | 'address'>,
  { addresses }: HostInterface,
): NeighboursToAsk {
  const networks = addresses.flatMap((own) => {
    const network = parseCidr(`${own.address}/${own.prefixLength}`);
    return network === undefined ? [] : [network];
  });
  const own = new Set(addresses.map((each) => each.address));
  const parsed = new Set(
    question.neighbours.flatMap((text) => {
      const each = parseAddress(text);
      return each === undefined || familyOf(each) !== family ? [] : [each];
    }),
  );
  const others = [...parsed].filter((each) => each !== address && !own.has(each));
  const near = others.filter((each) => networks.some((network) => contains(network, each)));
  const asked = near.slice(0, mostNeighbours);
  const unseen =
    near.length > asked.length
      ? [`of ${near.length} neighbours on the link only the first ${mostNeighbours} were asked for`]
      : [];
  return { asked, unseen };
}
