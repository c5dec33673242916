import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import type { Diagnosis, RootCause, SuppressedCause } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import { metallbIsAlone } from '../allocation/metallb-is-alone.ts';
import { addressesStayPut } from '../health/addresses-stay-put.ts';
import { agoText } from '../models/ages.ts';
import { isMarked } from '../models/rivals/rivals.ts';
import { lastComplaint } from '../models/testimony/spoken.ts';
import {
  addressesIn,
  isNotedByMetalLB,
  isPending,
  keyOfService,
  wantsAddress,
} from '../models/services.ts';
import { notAskedText } from '../not-asked.ts';
import { waysToKnow } from './ways-to-know.ts';

type Answer = Pick<Diagnosis, 'outcome' | 'headline' | 'next'>;

/** The answer to "why has this Service no address?" in one sentence. */
export function pendingAnswer(
  conclusion: Conclusion & Pick<Diagnosis, 'suppressed' | 'notAsked'>,
  service: Service | undefined,
  snapshot: Snapshot,
): Answer {
  if (service === undefined) {
    return undecided('the Service could not be read, so nothing can be said about it', conclusion);
  }
  const key = keyOfService(service);
  const [first] = conclusion.rootCauses;
  if (!wantsAddress(service)) {
    return first === undefined ? notAsking(service) : kept(service, first);
  }
  if (!isPending(service)) {
    return first === undefined || first.severity === 'info'
      ? served(service, conclusion)
      : contested(service, first);
  }
  if (first?.severity === 'error') {
    return {
      outcome: 'problem',
      headline: `${key} is pending: ${first.says}`,
      next: [
        `triage explain ${first.cause}`,
        ...(first.explains.length === 0 ? ['triage health'] : []),
      ],
    };
  }
  const known = conclusion.suppressed.find(({ severity }) => severity === 'error');
  if (known !== undefined) {
    return answeredFor(known, service, conclusion);
  }
  if (first !== undefined) {
    return {
      ...undecided(`${key} is pending: ${first.says}`, conclusion),
      next: [describe(service)],
    };
  }
  return undecided(openText(conclusion, service, snapshot), conclusion, service);
}

/** It waits, for a reason that somebody answers for: no news to whoever asked to be told news only. */
function answeredFor(
  { says, owner, expires }: SuppressedCause,
  service: Service,
  { verdicts, unknowns, rootCauses }: Conclusion,
): Answer {
  const reason = `${keyOfService(service)} is pending for a reason that ${owner} answers for until ${expires}: ${says}`;
  if (verdicts.some(({ verdict }) => verdict === 'unknown')) {
    const facts = [...new Set(unknowns.map(({ fact }) => fact))];
    const headline = `${reason}; whether there is another cannot be said without ${fewOf(facts)}`;
    return { outcome: 'unknown', headline, next: waysToKnow(unknowns).slice(0, 5) };
  }
  const warning = rootCauses.find(({ severity }) => severity === 'warning');
  return warning === undefined
    ? { outcome: 'healthy', headline: reason, next: [] }
    : {
        outcome: 'warnings',
        headline: `${reason}; besides, ${warning.says}`,
        next: [`triage explain ${warning.cause}`],
      };
}

/** What MetalLB said of it is worth more than nothing, where its reasons cannot be looked at. */
function openText(
  { unknowns, notAsked = [] }: Conclusion & Pick<Diagnosis, 'notAsked'>,
  service: Service,
  { readings, takenAt }: Snapshot,
): string {
  const key = keyOfService(service);
  const facts = [...new Set(unknowns.map(({ fact }) => fact))];
  const left = notAskedText(notAsked);
  const said = lastComplaint(service, itemsIfRead(readings.events));
  if (said !== undefined) {
    const rest = facts.length === 0 ? '' : `; more cannot be said without ${fewOf(facts)}`;
    return `${key} is pending, and MetalLB said${agoText(said.lastAt, takenAt)}: ${said.reason} "${said.message}"${rest}${left}`;
  }
  return facts.length === 0
    ? `${key} is pending, and nothing that was looked at explains it${left}`
    : `why ${key} is pending cannot be said without more facts: ${facts.join(', ')}${left}`;
}

const factsNamed = 4;

/** The unknowns below the answer name them all. */
function fewOf(facts: readonly string[]): string {
  const more = facts.length - factsNamed;
  return `${facts.slice(0, factsNamed).join(', ')}${more > 0 ? ` and ${more} more facts` : ''}`;
}

function notAsking(service: Service): Answer {
  const key = keyOfService(service);
  if (service.metadata.deletionTimestamp !== undefined) {
    return {
      outcome: 'healthy',
      headline: `${key} is being deleted, so it gets no address`,
      next: [describe(service)],
    };
  }
  return {
    outcome: 'healthy',
    headline: `${key} is of type ${service.spec.type}; only Services of type LoadBalancer get an address from MetalLB${externalText(service)}`,
    next: [describe(service)],
  };
}

function kept(service: Service, { says, cause, severity }: RootCause): Answer {
  const isGoing = service.metadata.deletionTimestamp !== undefined;
  const why = isGoing
    ? 'because it is being deleted'
    : `because it is of type ${service.spec.type}`;
  return {
    outcome: severity === 'error' ? 'problem' : 'warnings',
    headline: `${keyOfService(service)} gets no address, ${why}: ${says}`,
    next: [`triage explain ${cause}`, describe(service)],
  };
}

/** Addresses under spec.externalIPs look like MetalLB's and are not. */
function externalText({ spec }: Service): string {
  return spec.externalIPs.length === 0
    ? ''
    : ` (${spec.externalIPs.join(', ')} stands in spec.externalIPs, which MetalLB neither assigns nor announces)`;
}

/** Whoever asks all the same may mean that nothing arrives there. */
function served(service: Service, conclusion: Conclusion): Answer {
  const addresses = addressesIn(service);
  const openChecks = new Set(
    conclusion.verdicts.filter(({ verdict }) => verdict === 'unknown').map(({ check }) => check),
  );
  if (openChecks.has(addressesStayPut.id)) {
    const headline = `${keyOfService(service)} has ${addresses.join(' and ')}, but whether it will keep that cannot be said without the pools`;
    return undecided(headline, conclusion, service);
  }
  const isOpen = openChecks.has(metallbIsAlone.id);
  if (isOpen && (!isWrittenByMetalLB(service) || isMarked(service))) {
    const headline = `${keyOfService(service)} is not pending: it has ${addresses.join(' and ')}, but whether MetalLB gave it could not be checked`;
    return undecided(headline, conclusion, service);
  }
  return {
    outcome: 'healthy',
    headline: `${keyOfService(service)} is not pending: it has ${addresses.join(' and ')}`,
    next: [`triage no-traffic ${shellWord(keyOfService(service))}`],
  };
}

/** Its own annotation, and nobody else's hand on the status since. */
function isWrittenByMetalLB(service: Service): boolean {
  const writer = service.metadata.managedFields
    .filter((entry) => entry.subresource === 'status')
    .toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1))[0]?.manager;
  return (
    isNotedByMetalLB(service) && (writer === undefined || /^(?:metallb-)?controller$/.test(writer))
  );
}

function contested(service: Service, first: Conclusion['rootCauses'][number]): Answer {
  return {
    outcome: first.severity === 'error' ? 'problem' : 'warnings',
    headline: `${keyOfService(service)} has ${addressesIn(service).join(', ')}, but ${first.says}`,
    next: [`triage explain ${first.cause}`],
  };
}

function undecided(headline: string, { unknowns }: Conclusion, service?: Service): Answer {
  const look = service === undefined ? [] : [describe(service)];
  return { outcome: 'unknown', headline, next: [...waysToKnow(unknowns), ...look].slice(0, 6) };
}

function describe({ metadata }: Service): string {
  return kubectl`-n ${metadata.namespace ?? 'default'} describe service ${metadata.name}`;
}
