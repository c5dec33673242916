import { parseAddress, type IpAddress } from '../facts/ip.ts';

/** A part of a text: something that may have to be replaced, or what stands between. */
export type Piece =
  | { readonly kind: 'word'; readonly text: string }
  /** The Ethernet address of a card. */
  | { readonly kind: 'mac'; readonly text: string }
  | { readonly kind: 'address'; readonly text: string; readonly address: IpAddress }
  /** `10-0-3-7` or `10_0_3_7`, as names carry it; IPv6 as labels do, `fd00-0000-…`, all eight groups in full. */
  | { readonly kind: 'dashed'; readonly text: string; readonly address: IpAddress }
  /** What was given for a password or token; always replaced, whatever it is made of. */
  | { readonly kind: 'secret'; readonly text: string }
  | { readonly kind: 'plain'; readonly text: string };

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`;
const secret = String.raw`(?<=\b(?:pass(?:word|wd|phrase)?|pwd|pw|pin|secret|token|api[-_]?key|authorization|bearer)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"',;]+`;
const ipv6 = String.raw`(?<![\p{L}\p{N}:.])(?:[0-9a-fA-F]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4})(?![\p{L}\p{N}:])`;
const octet = String.raw`(?:25[0-5]|2[0-4]\d|[01]?\d?\d)`;
// letters may stand around it: app.10.0.3.7.nip.io, v10.0.3.7
const ipv4 = String.raw`(?<!\p{N})${octet}(?:\.${octet}){3}(?!\p{N})`;
const dashed = String.raw`(?<!\p{N})${octet}(?:-${octet}){3}(?!\p{N})|(?<!\p{N})${octet}(?:_${octet}){3}(?!\p{N})`;
const dashedInFull = String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}]-)[0-9a-f]{4}(?:-[0-9a-f]{4}){7}(?![\p{L}\p{N}])`;
// six pairs, not six of eight
const mac = String.raw`(?<![\p{L}\p{N}]|(?<![\p{L}\p{N}])[0-9a-f]{2}[:-])(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})(?![\p{L}\p{N}]|[:-][0-9a-f]{2}(?![\p{L}\p{N}]))`;
const pieces = new RegExp(
  `(?<time>${time})|(?<secret>${secret})|(?<full>${dashedInFull})|(?<mac>${mac})|(?<ipv6>${ipv6})|(?<ipv4>${ipv4})|(?<dashed>${dashed})|(?<word>[\\p{L}\\p{M}]+(?=${ipv4}|${dashed})|[\\p{L}\\p{N}\\p{M}]+)`,
  'giu',
);
const wordsOnly = /[\p{L}\p{N}\p{M}]+/gu;

/** Cuts a text into pieces; put together again they are the text. */
export function piecesOf(text: string): readonly Piece[] {
  return cut(text, pieces, pieceFrom);
}

function pieceFrom({ 0: text, groups = {} }: RegExpMatchArray): readonly Piece[] {
  if (groups['time'] !== undefined) {
    return [{ kind: 'plain', text }];
  }
  if (groups['secret'] !== undefined) {
    return [{ kind: 'secret', text }];
  }
  // the address of a card is one piece: its digits alone would be harmless numbers
  if (groups['mac'] !== undefined) {
    return [{ kind: 'mac', text }];
  }
  if (groups['full'] !== undefined) {
    const address = parseAddress(text.replaceAll('-', ':'));
    return address === undefined ? [{ kind: 'word', text }] : [{ kind: 'dashed', text, address }];
  }
  if (groups['word'] !== undefined) {
    return [{ kind: 'word', text }];
  }
  const isDashed = groups['dashed'] !== undefined;
  const dotted = isDashed ? text.replaceAll(/[-_]/g, '.') : text;
  const address = parseAddress(dotted) ?? parseAddress(dotted.replaceAll(/\b0+(?=\d)/g, ''));
  return address === undefined
    ? cut(text, wordsOnly, ({ 0: word }) => [{ kind: 'word', text: word }])
    : [{ kind: isDashed ? 'dashed' : 'address', text, address }];
}

function cut(
  text: string,
  pattern: RegExp,
  pieceOf: (match: RegExpMatchArray) => readonly Piece[],
): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) {
      found.push({ kind: 'plain', text: text.slice(end, match.index) });
    }
    found.push(...pieceOf(match));
    end = match.index + match[0].length;
  }
  return end < text.length ? [...found, { kind: 'plain', text: text.slice(end) }] : found;
}
