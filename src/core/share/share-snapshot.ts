import {
  familyOf,
  parseCidr,
  parseRange,
  valueOf,
  type IpAddress,
  type IpRange,
} from '../facts/ip.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { planFor, type AddressPlan } from './address-plan.ts';
import {
  asNumberAt,
  asNumberIn,
  asNumberOf,
  asNumberPlan,
  type ASNumberPlan,
} from './as-numbers.ts';
import { macPlan, plainMac, type MacPlan } from './mac-plan.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { withElectionOrders } from './election-orders.ts';
import { sharedNotice } from './shared-notice.ts';
import { contentsOf, withTexts, type Place, type Rules } from './texts.ts';
import { isKnownWord, tokensFor } from './word-plan.ts';

/** A recording that can be given away, and what its tokens stand for. */
export interface Shared {
  readonly snapshot: Snapshot;
  /** Token to word; whoever has it can read the names again. */
  readonly names: ReadonlyMap<string, string>;
  /** How many addresses were replaced. */
  readonly addresses: number;
  /** What became of a text of the original. */
  readonly rewrite: (text: string) => string;
}

interface Plans {
  readonly piecesIn: (text: string) => readonly Piece[];
  readonly tokens: ReadonlyMap<string, string>;
  readonly macs: MacPlan;
  readonly plan: AddressPlan;
  readonly asNumbers: ASNumberPlan;
}

/** Stands where a secret or a foreign annotation stood. */
const hidden = '[hidden]';

/**
 * Replaces every word that is not one of Kubernetes' or MetalLB's own, and every address. Equal words stay equal and keep
 * their order, addresses keep their order, distances and prefixes, so the diagnosis stays the same.
 */
export function shareSnapshot(original: Snapshot): Shared {
  const snapshot = withElectionOrders(original);
  const contents = contentsOf(snapshot);
  const texts = contents.texts.map(({ text }) => unescaped(text));
  const piecesIn = cutOnce();
  const pieces = texts.flatMap(piecesIn);
  const addresses = pieces.flatMap((piece) => ('address' in piece ? [piece.address] : []));
  const single = addresses.map((address): IpRange => {
    const value = valueOf(address);
    return { family: familyOf(address), first: value, last: value };
  });
  const tokens = tokensFor(pieces.flatMap((piece) => (piece.kind === 'word' ? [piece.text] : [])));
  const macs = macPlan(pieces.flatMap((piece) => (piece.kind === 'mac' ? [piece.text] : [])));
  const plan = planFor([...texts.flatMap(rangesIn), ...single]);
  const asNumbers = asNumberPlan([
    ...contents.numbers.flatMap(({ value, place }) => asNumberAt(value, place) ?? []),
    ...contents.texts.flatMap(({ text, place }) => asNumberOf(text, place) ?? []),
  ]);
  const rules = rulesOf({ piecesIn, tokens, macs, plan, asNumbers });
  // only texts were exchanged: the shape is still that of a snapshot
  const shared = withTexts(snapshot, rules) as Snapshot;
  return {
    snapshot: { ...shared, notices: [...(shared.notices ?? []), sharedNotice] },
    names: new Map([...tokens, ...macs].map(([word, token]) => [token, word])),
    addresses: new Set(addresses.filter((address) => plan(address) !== address)).size,
    rewrite: (text) => rules.text(text, {}),
  };
}

/** Names and keys stand many times in a snapshot, and all of it is looked at twice. */
function cutOnce(): Plans['piecesIn'] {
  const known = new Map<string, readonly Piece[]>();
  return (text) => {
    const before = known.get(text) ?? piecesOf(text);
    known.set(text, before);
    return before;
  };
}

const count = /^-?\d+$/;
const secretKey = /(?:^|[^a-z])(?:pass(?:word|wd|phrase)?|pwd|token|secret|api[-_]?key)$/i;

function rulesOf(plans: Plans): Rules {
  return {
    text: (text, place) => {
      if (count.test(text) && isPoolCount(place)) {
        return text;
      }
      return isPrivate(place, plans) ? hidden : replaced(unescaped(text), plans);
    },
    number: (value, place) => plans.asNumbers.get(asNumberAt(value, place) ?? Number.NaN) ?? value,
  };
}

/** 64-bit numbers of a pool's status, which are texts. */
function isPoolCount({ parent, key = '' }: Place): boolean {
  return parent === 'status' && /^(?:assigned|available)IPv[46]$/.test(key);
}

/** What a foreign tool notes on an object is nobody's business; and a password may be made of known words only. */
function isPrivate({ parent, key }: Place, { piecesIn }: Plans): boolean {
  if (key === undefined) {
    return false;
  }
  const words = piecesIn(key).filter(({ kind }) => kind === 'word');
  const isForeign = parent === 'annotations' && !words.every(({ text }) => isKnownWord(text));
  return isForeign || secretKey.test(key);
}

/** Escapes of Go and JSON that would hide letters. */
function unescaped(text: string): string {
  return text.replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function replaced(text: string, plans: Plans): string {
  return plans
    .piecesIn(text)
    .map((piece) => replacement(piece, plans))
    .join('');
}

function replacement(piece: Piece, { tokens, macs, plan, asNumbers }: Plans): string {
  switch (piece.kind) {
    case 'word':
      return asNumberIn(piece.text, asNumbers) ?? tokens.get(piece.text) ?? piece.text;
    case 'mac':
      return macs.get(plainMac(piece.text)) ?? piece.text;
    case 'address': {
      const isMapped = piece.text.includes(':') && familyOf(piece.address) === 'ipv4';
      return `${isMapped ? '::ffff:' : ''}${plan(piece.address)}`;
    }
    case 'dashed':
      return dashed(plan(piece.address), piece.text.includes('_') ? '_' : '-');
    case 'secret':
      return hidden;
    case 'plain':
      return piece.text;
  }
}

/** IPv6 is written in full then: FRR-K8s puts all eight groups into a label. */
function dashed(address: IpAddress, dash: string): string {
  return familyOf(address) === 'ipv4'
    ? address.replaceAll('.', dash)
    : (valueOf(address).toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(dash);
}

const rangeLike = /[0-9a-f:.]{2,}\s*[/-]\s*[0-9a-f:.]+/gi;

/** Prefixes and ranges in a text: what MetalLB may take as a whole must move as a whole. */
function rangesIn(text: string): readonly IpRange[] {
  return [...text.matchAll(rangeLike)].flatMap(([found]): readonly IpRange[] => {
    const cidr = parseCidr(found);
    if (cidr !== undefined) {
      return [cidr];
    }
    const range = parseRange(found);
    return range.kind === 'range' ? [range.range] : [];
  });
}
