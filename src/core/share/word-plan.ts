import { vocabulary } from './vocabulary.ts';

const smallNumber = /^v?\d{1,5}(?:d|k|Ki|Mi|Gi)?$/;
/** `90s`, `1m30s`, `90000ms`. */
const duration = /^(?:\d{1,6}(?:ns|us|ms|s|m|h)){1,4}$/;
/** Times without a zone or without dashes, as logs of other programs have them. */
const partOfTime = /^\d{1,2}T\d{2}$|^\d{2}(?:\d{3,9})?Z$/;
/** `eth0`, `enp3s0f1`, `bond1`: names by their kind; patterns of interfaces to leave alone match them by these letters. */
const networkInterface =
  /^(?:(?:bond|br|cali|cbr|cni|docker|dummy|em|eth|lxc|lxcbr|team|tunl|veth|virbr|vlan|wlan)\d{1,4}|en(?:o|s|p\d{1,3}s)\d{1,4}(?:f\d{1,2})?(?:np\d{1,2})?)$/;

/** True for a word that tells nothing about whose cluster it is. */
export function isKnownWord(word: string): boolean {
  const isNumber = smallNumber.test(word) || duration.test(word) || partOfTime.test(word);
  return isNumber || networkInterface.test(word) || vocabulary.has(word.toLowerCase());
}

/**
 * A token for every unknown word: equal words get equal ones, and they sort as the words do, because MetalLB tries pools in
 * the order of their names.
 */
export function tokensFor(words: Iterable<string>): ReadonlyMap<string, string> {
  const unknown = [...new Set(words)].filter((word) => !isKnownWord(word)).sort();
  const width = Math.max(3, String(unknown.length).length);
  return new Map(
    unknown.map((word, index) => [word, `n${String(index + 1).padStart(width, '0')}`]),
  );
}
