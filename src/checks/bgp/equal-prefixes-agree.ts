import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { mergeTrouble } from '../../core/metallb/election/merge-trouble.ts';
import { routesOn } from '../../core/metallb/election/sessions.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import type { BGPFacts, BGPWay } from '../models/bgp/bgp-way.ts';
import { possibleRoutes, type PossibleRoute } from '../models/bgp/other-routes.ts';
import { refOf } from '../models/references.ts';
import { seenLine, workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** FRR mode below v0.15.0 cannot send one prefix under two local preferences, and then fails for the whole node. */
export const equalPrefixesAgree = bgpCheck({
  id: 'MLB-B14',
  asks: 'Do all Services that share a prefix want one local preference for it?',
  causes: ['bgp-merge-fails'],
  link: 'announced',
  skip: ({ announcing }, { installation }) =>
    installation?.bgpType === 'frr' && !announcing.speakers.rules.frrKeepsEveryPreference
      ? undefined
      : 'only FRR mode below v0.15.0 cannot keep two local preferences apart',
  // that both are advertised only words tell, so where two could meet the words are needed
  alsoNeeds: (way, facts) => [
    'services',
    ...(clashesOn(way, facts).length > 0 ? (['speakerLogs'] as const) : []),
  ],
  run: (way, facts) => {
    const clashing = clashesOn(way, facts);
    const [first] = clashing;
    const nodes = clashing.map(({ node }) => node).toSorted();
    return first === undefined
      ? []
      : [findingOf(way.service, { nodes, meeting: first.meeting }, facts)];
  },
});

interface NodeClash {
  readonly node: string;
  readonly meeting: readonly PossibleRoute[];
}

/** Nodes on which a prefix of the Service could meet another preference. */
function clashesOn({ announcing }: BGPWay, facts: BGPFacts): readonly NodeClash[] {
  const prefixes = new Set(
    [...announcing.bgp.values()].flatMap(routesOn).map(({ prefix }) => prefix),
  );
  const possible = possibleRoutes(prefixes, facts);
  return [...announcing.bgp].flatMap(([node, decision]) => {
    const own = new Set(routesOn(decision).map(({ peer, prefix }) => `${peer} ${prefix}`));
    const meeting = (possible.get(node) ?? []).filter(({ peer, prefix }) =>
      own.has(`${peer} ${prefix}`),
    );
    return mergeTrouble(meeting).length > 0 ? [{ node, meeting }] : [];
  });
}

interface Clash {
  readonly nodes: readonly string[];
  readonly meeting: readonly PossibleRoute[];
}

function findingOf(
  service: Service,
  { nodes, meeting }: Clash,
  facts: BGPFacts,
): Omit<Found, 'affects'> {
  const about = refOf(service);
  const said = wordsIn(facts);
  const { installation } = facts;
  return {
    cause: 'bgp-merge-fails',
    // the endpoints of the other Services are not read: whether they are advertised is known only from words
    severity: said === undefined ? 'warning' : 'error',
    about,
    says: `the prefix of ${keyOfService(service)} is to be sent under several local preferences, which FRR mode of ${installation?.speakerVersion ?? 'this release'} cannot: BGP updates of ${someOf(nodes)} fail`,
    details: [
      ...meetingLines(meeting),
      'the Service that comes second is not announced in layer 2 either, and every later BGP update of that node fails as well',
      'which of them is served depends on the order of events; what was sent before stays',
    ],
    because: [
      workedOut(about, 'metallb/internal/bgp/frr: merge (v0.14)', mergeTrouble(meeting)[0] ?? ''),
      ...(said === undefined ? [] : [seenLine(said)]),
    ],
    doubts: ['one of these Services has no endpoint and is not advertised'],
    suggests: [
      {
        says: 'give both advertisements one localPref, or prefixes of their own (aggregationLength)',
        command: kubectl`-n ${installation?.namespace ?? 'metallb-system'} get bgpadvertisements.metallb.io -o yaml`,
        mutates: false,
      },
      { says: 'go to v0.15.0 or later, where FRR mode keeps them apart', mutates: true },
    ],
  };
}

function meetingLines(routes: readonly PossibleRoute[]): readonly string[] {
  const [first] = routes;
  return [
    ...new Set(
      routes
        .filter(({ prefix }) => prefix === first?.prefix)
        .map(
          ({ prefix, service, pool, localPref }) =>
            `${prefix} for ${keyOfService(service)} (pool ${pool}): localPref ${localPref}`,
        ),
    ),
  ];
}

function wordsIn({ speakerLogs, takenAt }: BGPFacts) {
  return logLines(speakerLogs, takenAt).findLast(({ text }) =>
    text.includes('cannot merge advertisements with different local preferences'),
  );
}
