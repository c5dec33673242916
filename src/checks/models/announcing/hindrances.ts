import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { heldBy } from '../../../core/metallb/election/held-addresses.ts';
import type { Layer2Election } from '../../../core/metallb/election/layer2.ts';
import type { Speakers } from '../../../core/metallb/election/speakers.ts';
import { interfaceTrouble, type InterfaceTrouble } from '../layer2/interface-trouble.ts';
import { someOf } from '../../../core/facts/in-words.ts';
import { type ClaimFacts, claimsOn } from './claims.ts';
import { failuresOn } from './failures.ts';
import type { AnnouncingFacts } from './speakers-at-work.ts';
import { standingClaims } from './standing.ts';

/** Elected by the rules, and yet it does not announce, as its speaker says or as the settings show. */
export interface Hindrance {
  readonly node: string;
  readonly says: string;
  /** False where it may announce all the same. */
  readonly isCertain: boolean;
}

/** What tells of hindrances. */
export type HindranceFacts = AnnouncingFacts &
  ClaimFacts &
  Facts<never, 'events' | 'configMaps' | 'serviceL2Statuses'>;

/** The node that the rules elect, and the election it comes from. */
interface Elected {
  readonly node: string;
  readonly layer2: Layer2Election;
  readonly speakers: Speakers;
}

/** What keeps the elected node from announcing in layer 2; undefined where nothing is known to. */
export function hindranceOf(
  service: Service,
  elected: Elected,
  facts: HindranceFacts,
): Hindrance | undefined {
  const { node } = elected;
  const failed = failuresOn(service, facts).find(
    (each) => each.node === node && each.protocol === 'layer2' && !each.announcedBefore,
  );
  if (failed !== undefined) {
    const says = `${node} is elected, and says that it failed to announce it: ${failed.reason}`;
    return { node, says, isCertain: true };
  }
  return ceased(service, node, facts) ?? withoutInterface(service, elected, facts);
}

/** Only logs tell of a withdrawal, and the newest word of the node must be it (`withdrawn` of disagreements.ts). */
function ceased(service: Service, node: string, facts: HindranceFacts): Hindrance | undefined {
  const claims = claimsOn(service, facts);
  const last = claims.find((each) => each.node === node && each.by === 'log');
  if (last === undefined || last.announces) {
    return undefined;
  }
  const isHeld = standingClaims(claims, facts).some(({ protocol }) => protocol === 'layer2');
  const reason = last.reason === undefined ? '' : ` (${last.reason})`;
  return isHeld
    ? undefined
    : {
        node,
        says: `${node} should announce it, and says that it ceased to${reason}`,
        isCertain: true,
      };
}

function withoutInterface(
  service: Service,
  { node, layer2, speakers }: Elected,
  facts: HindranceFacts,
): Hindrance | undefined {
  const wanted = layer2.announced[0]?.interfaces;
  const [first] = speakers.loaded;
  if (wanted === undefined || first === undefined) {
    return undefined;
  }
  const held = heldBy(service, first);
  const pools = held.kind === 'held' ? [held.pool] : [];
  const trouble = interfaceTrouble({ service, pools, node, wanted }, facts);
  return trouble === undefined
    ? undefined
    : { node, says: interfaceText(trouble), isCertain: trouble.kind !== 'mute' };
}

function interfaceText({ kind, node, wanted }: InterfaceTrouble): string {
  const names = someOf(wanted);
  const only = wanted.length === 1 ? 'the only interface' : 'the only interfaces';
  switch (kind) {
    case 'excluded':
      return `${node} is elected, and its speaker leaves ${names} alone, ${only} to answer on`;
    case 'missing':
      return `${node} is elected, and has no interface ${names}, ${only} to answer on`;
    case 'mute':
      return `${node} is elected, and its speaker tells of no responder on ${names}, ${only} to answer on`;
  }
}
