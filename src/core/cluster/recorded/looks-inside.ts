import type { WireLook } from '../../facts/wire.ts';
import { inner, isRaw, raws } from '../parse/fields.ts';
import { parseWireLook } from '../parse/wire.ts';
import type { DumpedDocument } from './documents.ts';

/**
 * The looks at the wire that lie beside the objects of a dump: what `triage arp -o json` printed, or a document that
 * lists several under `wire`, as a recording does. Undefined when nobody looked.
 */
export function looksIn(documents: readonly DumpedDocument[]): readonly WireLook[] | undefined {
  const holders = documents
    .map(({ other = {} }) => other)
    .filter((each) => Array.isArray(each['wire']) || isRaw(each['look']));
  return holders.length === 0
    ? undefined
    : holders
        .flatMap((each) => (isRaw(each['look']) ? [inner(each, 'look')] : raws(each, 'wire')))
        .map(parseWireLook)
        .filter(({ address }) => address !== '');
}
