import { type IpAddress, type IpFamily, parseCidr } from '../../../core/facts/ip.ts';
import { type Block, isIn } from '../traffic/policies.ts';

/** Whether a rule is about somebody, as far as it can be told without asking the plugin. */
export type Match = 'yes' | 'no' | 'perhaps';

/** Whose packets of one family a pod sees: somebody outside, by his address or any, or a node in whose name they come. */
export type Sender = { readonly family: IpFamily } & (
  | { readonly kind: 'client'; readonly address: IpAddress | undefined }
  | { readonly kind: 'node'; readonly addresses: readonly IpAddress[] }
);

/** All of it must hold. */
export function every(matches: readonly Match[]): Match {
  if (matches.includes('no')) {
    return 'no';
  }
  return matches.includes('perhaps') ? 'perhaps' : 'yes';
}

/** One of it is enough. */
export function some(matches: readonly Match[]): Match {
  if (matches.includes('yes')) {
    return 'yes';
  }
  return matches.includes('perhaps') ? 'perhaps' : 'no';
}

/** The opposite; what may be stays so. */
export function negated(match: Match): Match {
  if (match === 'perhaps') {
    return match;
  }
  return match === 'yes' ? 'no' : 'yes';
}

/** Whether a sender is in one of these ranges; of a sender without an address all of its family says it, and no less. */
export function senderIn(sender: Sender, blocks: readonly Block[]): Match {
  const addresses = sender.kind === 'node' ? sender.addresses : [sender.address ?? []].flat();
  if (addresses.length === 0) {
    return anybodyIn(blocks.filter(({ range }) => range.family === sender.family));
  }
  const inside = addresses.filter((address) => blocks.some((block) => isIn(block, address)));
  if (inside.length === 0) {
    return 'no';
  }
  return inside.length === addresses.length ? 'yes' : 'perhaps';
}

function anybodyIn(blocks: readonly Block[]): Match {
  if (blocks.length === 0) {
    return 'no';
  }
  return blocks.some(({ range, except }) => range.prefixLength === 0 && except.length === 0)
    ? 'yes'
    : 'perhaps';
}

/** Ranges as policies write them; a bare address is a range of one. What cannot be read is left out. */
export function blocksOf(
  ranges: readonly { readonly cidr: string; readonly except: readonly string[] }[],
): readonly Block[] {
  return ranges.flatMap(({ cidr, except }) => {
    const range = rangeOf(cidr);
    return range === undefined
      ? []
      : [{ range, except: except.flatMap((each) => rangeOf(each) ?? []), text: cidr }];
  });
}

function rangeOf(text: string) {
  return parseCidr(text) ?? parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
}
