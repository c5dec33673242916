import type { Finding } from '../../core/facts/finding.ts';
import { configurationIsAccepted } from '../installation/configuration-is-accepted.ts';
import { speakersAcceptConfiguration } from '../installation/speakers-accept-configuration.ts';
import { speakersSayValid } from '../installation/speakers-say-valid.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { announcingOf } from '../models/announcing/announcing.ts';
import { surelyStanding } from '../models/announcing/standing.ts';
import { speakersAtWork } from '../models/announcing/speakers-at-work.ts';
import { nodeOfState } from '../models/configuration/invalid-states.ts';
import { lastComplaints } from '../models/programs/missing-secrets.ts';
import { refOf } from '../models/references.ts';
import { borrowed, type BorrowedFacts } from '../models/announcing/borrowed.ts';
import { nodesText } from '../models/layer2/told.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

/** A speaker that refuses its configuration announces nothing new, and the others still elect its node. */
export const itsConfigurationIsLoaded = borrowed({
  id: 'MLB-L10',
  asks: 'Does the elected speaker take its configuration?',
  link: 'announced',
  from: [configurationIsAccepted, speakersAcceptConfiguration, speakersSayValid],
  causes: ['config-rejected'],
  alsoNeeds: (material, subject) => speakersAcceptConfiguration.alsoNeeds(material, subject),
  skipWhen: noServedAddress,
  settle: (findings, facts, subject) => {
    if (subject === undefined || findings.length === 0) {
      return [];
    }
    const refusing = refusingNodes(facts);
    const elected = electedFor(subject, facts);
    const touched = elected.filter((node) => refusing.has(node));
    const isTotal = refusing.size >= facts.nodes.length;
    return touched.length === 0 && !isTotal
      ? []
      : findings.map((each) => gradedFor(each, { service: subject, facts, touched, isTotal }));
  },
});

interface Refused {
  readonly service: Service;
  readonly facts: BorrowedFacts;
  /** Elected nodes whose speakers refuse. */
  readonly touched: readonly string[];
  readonly isTotal: boolean;
}

/** What was announced before goes on until the speaker starts anew. */
function gradedFor(found: Finding, { service, facts, touched, isTotal }: Refused): Finding {
  const [still] = surelyStanding(service, facts);
  const who = isTotal ? 'every speaker' : `the speaker on ${someOf(touched)}`;
  return {
    ...found,
    severity: still === undefined ? 'error' : 'warning',
    affects: [refOf(service)],
    details: [
      ...found.details,
      ...(isTotal
        ? []
        : [
            `${nodesText(touched)} ${touched.length === 1 ? 'is' : 'are'} elected to announce the address all the same: the other speakers leave it to ${touched.length === 1 ? 'that one' : 'those'}`,
          ]),
      ...(still === undefined
        ? [`${who} has nothing to announce by`]
        : [`${still.node} says that it announces the address: by the configuration it had before`]),
    ],
  };
}

function electedFor(service: Service, facts: BorrowedFacts): readonly string[] {
  const announcing = announcingOf(service, facts);
  return [announcing?.announcer ?? announcing?.mute?.node].filter((node) => node !== undefined);
}

/** Nodes whose speakers have no configuration by the rules, or say so themselves. */
function refusingNodes(facts: BorrowedFacts): ReadonlySet<string> {
  const nodes = new Set(facts.nodes.map(({ metadata }) => metadata.name));
  const said = itemsIfRead(facts.configurationStates)
    .filter(
      ({ metadata, status }) =>
        metadata.namespace === facts.installation?.namespace && status.result === 'Invalid',
    )
    .flatMap((state) => nodeOfState(state) ?? [])
    .filter((node) => nodes.has(node));
  const worked = (speakersAtWork(facts)?.nodes ?? []).flatMap(({ name, speaker }) =>
    speaker === undefined ? name : [],
  );
  return new Set([...said, ...worked, ...complainingNodes(facts)]);
}

/** Before v0.15.3 only their logs tell. */
function complainingNodes(facts: BorrowedFacts): readonly string[] {
  if (facts.configurationStates.state === 'read') {
    return [];
  }
  const pods = new Set(lastComplaints(facts).map(({ pod }) => pod));
  return facts.pods.flatMap(({ metadata, spec }) =>
    pods.has(metadata.name) ? (spec.nodeName ?? []) : [],
  );
}
