import { countText } from '../../core/facts/count-text.ts';
import type { Drill, DrilledNode } from '../../core/facts/drill-report.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { speakerOn, type SpeakerFacts } from '../models/announcing/speaker-on.ts';
import type { DrilledAddresses } from './drilled-addresses.ts';
import type { NodeByNode } from './node-by-node.ts';

interface AsItIs {
  readonly isEach: boolean;
  /** What is the matter with the nodes that open addresses hang on. */
  readonly silence: string;
  readonly presumes: string | undefined;
}

/** The answer in one sentence: what is lost or open without any drill comes first. */
export function headlineFor(
  thoughtAway: Drill['thoughtAway'],
  drilled: NodeByNode,
  { isEach, silence, presumes }: AsItIs,
): string {
  const { addresses, untouched, already, open, hanging } = drilled;
  // a row of an open address stands for nothing that happens to it
  const others = untouched + addresses.filter(({ outcome }) => outcome !== 'open').length;
  const first = [
    ...(already === 0 ? [] : [standingText(already)]),
    ...(open === 0 ? [] : [openText(open, hanging, silence)]),
  ];
  if (others + first.length === 0) {
    return 'no Service of this MetalLB has an address, so there is nothing to lose';
  }
  if (others === 0) {
    return open === 0 ? `${first.join()}, so there is nothing more to lose` : first.join('; ');
  }
  const rest = isEach ? headlineOfAll(drilled.nodes) : headlineOf(thoughtAway, drilled);
  const told =
    first.length === 0 ? rest : `${first.join('; ')}; of the others: ${decapitalised(rest)}`;
  const doubt =
    hanging.lost === 0
      ? ''
      : `; ${silentText([...hanging.nodes], silence)}, so it may be so already`;
  return presumes === undefined
    ? `${told}${doubt}`
    : `once ${presumes}: ${decapitalised(told)}${doubt}`;
}

function decapitalised(text: string): string {
  return text.replace(/^Without/, 'without');
}

/** Why nobody can say whether the speakers of these nodes are alive. */
export function silenceOf(nodes: readonly string[], facts: SpeakerFacts): string {
  return nodes.every((node) => speakerOn(node, facts).state === 'silent')
    ? 'of which the cluster has heard nothing for a while'
    : 'whose speakers may be gone';
}

function silentText(nodes: readonly string[], silence: string): string {
  const names = someOf(nodes.toSorted());
  return silence.startsWith('of which')
    ? `the cluster has heard nothing of ${names} for a while`
    : `the speakers on ${names} may be gone`;
}

/** What nobody announces as it is. */
export function standingText(already: number): string {
  return `${number(already)} ${already === 1 ? 'address is' : 'addresses are'} announced by nobody as it is`;
}

function openText(open: number, hanging: DrilledAddresses['hanging'], silence: string): string {
  const text = `it cannot be said who announces ${number(open)} ${open === 1 ? 'address' : 'addresses'} now`;
  return hanging.open < open
    ? text
    : `${text}: ${open === 1 ? 'it hangs' : 'they hang'} on ${someOf([...hanging.nodes].toSorted())}, ${silence}`;
}

function headlineOf(
  { nodes, speakersOnly }: Drill['thoughtAway'],
  { addresses, untouched }: DrilledAddresses,
): string {
  const count = (outcome: string) => addresses.filter((each) => each.outcome === outcome).length;
  const [first = ''] = nodes;
  const what = nodes.length === 1 ? first : `${number(nodes.length)} nodes`;
  const gone = speakersOnly ? `Without the speaker on ${what}` : `Without ${what}`;
  const parts = [
    ...some(count('lost'), 'would be announced by nobody'),
    ...some(count('moves'), 'would move'),
    ...some(count('fewer-next-hops'), 'would keep fewer next hops'),
  ];
  return parts.length === 0
    ? `${gone} nothing happens to any address (${number(untouched)} looked at)`
    : `${gone}: ${parts.join(', ')}, ${number(untouched)} would stay as they are`;
}

function headlineOfAll(nodes: readonly DrilledNode[]): string {
  const bad = nodes.filter(({ lost }) => lost > 0);
  const [worst] = bad;
  return worst === undefined
    ? `any one of the ${number(nodes.length)} nodes can go: every address would still be announced`
    : `${number(bad.length)} of ${number(nodes.length)} nodes cannot go without losing an address; the worst is ${worst.node}: ${number(worst.lost)} would be announced by nobody`;
}

function some(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${number(count)} ${count === 1 ? 'address' : 'addresses'} ${what}`];
}

function number(count: number): string {
  return countText(BigInt(count));
}
