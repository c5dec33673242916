import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Material } from '../../core/diagnosis/material.ts';
import { factsFrom } from '../../core/diagnosis/material.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { UpgradeChange } from '../../core/facts/upgrade.ts';
import type { AllocationAnswer } from '../../core/metallb/answer.ts';
import { explainAllocations } from '../../core/metallb/explain.ts';
import { isOlder } from '../../core/metallb/releases.ts';
import { type Behaviour, behaviourOf } from '../../core/metallb/versions.ts';
import { heldBy, servedIn } from '../bugs/material.ts';
import { namespacesIfSelected } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { keyOfService } from '../models/services.ts';
import { displacedServices } from './displaced-services.ts';
import { addressGroups, type AddressKind } from './address-groups.ts';
import { forgetsRequest, whyAllocationDiffers } from './allocation-switches.ts';
import { stepsOf } from './releases-between.ts';
import { missingOf, type Move, type RuleResult } from './rule.ts';

const needs = ['services', 'ipAddressPools'] as const;
const helps = ['namespaces', 'communities'] as const;

type AddressFacts = Facts<(typeof needs)[number], (typeof helps)[number]>;

/** What the controller would make of each Service under a release; loaded once per release. */
type AnswersAt = (version: string) => (service: Service) => Outlook;

/** One answer, and what has to be known of the release to read it. */
interface Outlook {
  readonly answer: AllocationAnswer;
  readonly behaviour: Behaviour;
}

/** One Service whose answer differs, and what it comes to. */
interface Difference {
  readonly service: Service;
  readonly kind: AddressKind;
  readonly line: string;
  readonly release: string;
  readonly why: ReturnType<typeof whyAllocationDiffers>;
}

/** Services that lose, change or gain addresses: both releases are asked about every Service, each by itself. */
export function addressChanges(material: Material, move: Move): RuleResult {
  if (move.from === move.to) {
    return { changes: [], missing: [] };
  }
  const facts: AddressFacts = factsFrom(material, needs, helps);
  const missing = missingOf([...needs, ...namespacesIfSelected(facts)], material);
  if (missing.length > 0) {
    return { changes: [], missing };
  }
  const answers = answersAt(facts);
  const own = differences(facts, { move, answers });
  return { changes: grouped([...own, ...displaced(own, facts, { move, answers })], move), missing };
}

interface Way {
  readonly move: Move;
  readonly answers: AnswersAt;
}

function differences(facts: AddressFacts, { move, answers }: Way): readonly Difference[] {
  const [before, after] = [answers(move.from), answers(move.to)];
  const isDown = isOlder(move.to, move.from);
  return servedIn(facts).flatMap((service) => {
    const kind = kindOf(service, after(service));
    if (kind === undefined || isAlike(service, before(service), after(service))) {
      return [];
    }
    const step = stepsOf(move).find(
      (each) => kindOf(service, answers(each.after)(service)) === kind,
    );
    const release = step?.release ?? move.to;
    const { answer } = after(service);
    const why = whyAllocationDiffers({ service, answer, release, isDown });
    const told = kind === 'served' && forgetsRequest(why, isDown) ? 'unasked' : kind;
    return [{ service, kind: told, line: lineOf(service, answer), release, why }];
  });
}

const givesUp: readonly AddressKind[] = ['moved', 'fewer', 'uncertain'];

/** Whoever gives addresses up while the new controller starts can take one of somebody else. */
function displaced(
  own: readonly Difference[],
  facts: AddressFacts,
  { move: { to }, answers }: Way,
): readonly Difference[] {
  const then = answers(to);
  const isUneasy = servedIn(facts).some((service) => {
    const kind = kindOf(service, then(service));
    return kind !== undefined && givesUp.includes(kind);
  });
  const named = new Set(own.map(({ service }) => keyOfService(service)));
  return (isUneasy ? displacedServices(facts, to) : [])
    .filter(({ service }) => !named.has(keyOfService(service)))
    .map(({ service, comesTo }) => ({
      service,
      kind: 'uncertain' as const,
      line: `${keyOfService(service)}  ${heldBy(service).join(' and ')}  ->  ${comesTo.length === 0 ? 'none' : comesTo.join(' and ')}`,
      release: to,
      why: {
        reference: undefined,
        title:
          'on its start the controller looks first at Services with two addresses; one that gives them up may be given an address that another still holds',
      },
    }));
}

function answersAt(facts: AddressFacts): AnswersAt {
  const known = new Map<string, (service: Service) => Outlook>();
  return (version) => {
    const outlook = known.get(version) ?? outlooksAt(version, facts);
    known.set(version, outlook);
    return outlook;
  };
}

function outlooksAt(version: string, facts: AddressFacts): (service: Service) => Outlook {
  const { installation } = facts;
  const behaviour = behaviourOf(version);
  const { answerFor } = explainAllocations({
    pools: facts.ipAddressPools,
    communities: itemsIfRead(facts.communities),
    namespaces: itemsIfRead(facts.namespaces),
    services: facts.services,
    version,
    loadBalancerClass: installation?.loadBalancerClass,
    bgpType: installation?.bgpType,
    namespace: installation?.namespace ?? '',
  });
  return (service) => ({ answer: answerFor(service), behaviour });
}

/** True when both answers come to the same for the Service, also where they leave something to chance. */
function isAlike(service: Service, before: Outlook, after: Outlook): boolean {
  const kind = kindOf(service, after);
  return (
    kind === kindOf(service, before) &&
    (kind === 'served' || thenText(before.answer) === thenText(after.answer))
  );
}

/** What an answer means to the Service; undefined when it stays as it is. */
function kindOf(service: Service, { answer, behaviour }: Outlook): AddressKind | undefined {
  const held = heldBy(service);
  switch (answer.outcome) {
    case 'not-handled':
    case 'undecided':
      return undefined;
    case 'refused':
      return held.length === 0 || answer.keepsStatus ? undefined : 'lost';
    case 'holds': {
      const more = answer.allocation.addresses.filter((each) => !held.includes(each));
      // What is added is taken away again at the next look, and everything with it (#2726).
      const isRestless = behaviour.alignsToClusterIP && service.spec.clusterIPs.length === 1;
      const added = isRestless ? 'uncertain' : 'second';
      return more.length > 0 ? added : undefined;
    }
    case 'would-get': {
      if (held.length === 0) {
        return 'served';
      }
      const kept = answer.options.map(({ addresses }) =>
        held.filter((each) => addresses.includes(each)),
      );
      if (kept.every((each) => each.length === held.length)) {
        return undefined;
      }
      if (kept.some((each) => each.length === held.length)) {
        return 'uncertain';
      }
      return kept.every((each) => each.length > 0) ? 'fewer' : 'moved';
    }
  }
}

function lineOf(service: Service, answer: AllocationAnswer): string {
  const held = heldBy(service);
  const now = held.length === 0 ? 'pending' : held.join(' and ');
  return `${keyOfService(service)}  ${now}  ->  ${thenText(answer)}`;
}

function thenText(answer: AllocationAnswer): string {
  switch (answer.outcome) {
    case 'not-handled':
    case 'undecided':
      return 'as it is';
    case 'refused':
      return `none: ${answer.message ?? answer.reason.kind}`;
    case 'holds':
      return answer.allocation.addresses.join(' and ');
    case 'would-get':
      return answer.options.map(({ addresses }) => addresses.join(' and ')).join(' or ');
  }
}

function grouped(all: readonly Difference[], { from, to }: Move): readonly UpgradeChange[] {
  const groups = Map.groupBy(all, ({ kind, release, why }) => `${kind} ${release} ${why.title}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) {
      return [];
    }
    const { id, weight, says, before } = addressGroups[first.kind];
    const names = group.map(({ service }) => keyOfService(service));
    return [
      {
        id,
        weight,
        release: first.release,
        reference: first.why.reference,
        basis: 'computed' as const,
        title: first.why.title,
        says: `${says(names)} (${from} against ${to})`,
        details: group.map(({ line }) => line),
        objects: group.map(({ service }) => refOf(service)),
        before: before(group.map(({ service }) => service)),
      },
    ];
  });
}
