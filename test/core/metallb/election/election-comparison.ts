import { refusalsOf } from '../configuration/election-cases.ts';
import { speakerConfigurations } from '../../../../src/core/metallb/configuration/speaker-configuration.ts';
import { ourAnswerTo, type OurAnswer } from './our-answer.ts';
import {
  electionInputOf,
  type RecordedElection,
  type RecordedResult,
  type RecordedService,
} from './recorded-election.ts';

/** Where the oracle and the real speakers differ on one case; empty when they agree. */
export function electionDisagreements(recorded: RecordedElection): readonly string[] {
  const ours = ourAnswerTo(recorded);
  const results = recorded.results ?? [recorded.result ?? {}];
  const perRun = results.map((result) => [
    ...serviceDisagreements(result, ours),
    ...differing('sessions', sorted(result.sessions ?? {}), sorted(ours.sessions)),
    ...(ours.mergeTrouble.size > 0 ? [] : routeDisagreements(result, ours)),
    ...(ours.mergeTrouble.size > 0 || isUnasked(recorded, 'backend')
      ? []
      : sentDisagreements(result, ours)),
  ]);
  const best = perRun.toSorted((a, b) => a.length - b.length)[0] ?? [];
  return [...configurationDisagreements(recorded), ...best];
}

function isUnasked({ unasked = [] }: RecordedElection, part: string): boolean {
  return unasked.includes(part);
}

function configurationDisagreements(recorded: RecordedElection): readonly string[] {
  const seen = refusalsOf(recorded);
  return speakerConfigurations(electionInputOf(recorded)).flatMap(({ nodes, configuration }) =>
    nodes.flatMap((node) => {
      const texts = [...(seen.get(node) ?? [])];
      if (seen.has(node) !== (configuration.state === 'rejected')) {
        return [
          `configuration on ${node}: ${configuration.state}, recorded ${texts.join() || 'accepted'}`,
        ];
      }
      const maySay = new Set(configuration.state === 'rejected' ? configuration.maySay : []);
      return texts
        .filter((text) => !maySay.has(text))
        .map((text) => `configuration on ${node} says: ${text}, not ${[...maySay].join(' | ')}`);
    }),
  );
}

function serviceDisagreements(
  { services = {} }: RecordedResult,
  { services: ours, mergeTrouble }: OurAnswer,
): readonly string[] {
  return [...new Set([...Object.keys(services), ...ours.keys()])].flatMap((key) => {
    const theirs = services[key] ?? {};
    const mine = ours.get(key) ?? {};
    const troubled = new Set(mergeTrouble.keys());
    return [
      ...differing(`${key} filtered`, theirs.filtered === true, mine.filtered === true),
      ...differing(`${key} layer2`, layer2Of(theirs, troubled), layer2Of(mine, troubled)),
      ...differing(`${key} bgp`, bgpOf(theirs, troubled), bgpOf(mine, troubled)),
      ...errorsNotForeseen(key, theirs, mergeTrouble),
    ];
  });
}

/** A speaker that cannot merge its routes gives up somewhere: what it still announces depends on the order of events. */
function layer2Of({ layer2 }: RecordedService, troubled: ReadonlySet<string>): unknown {
  const isOpen = troubled.size > 0;
  return {
    winner: isOpen ? null : (layer2?.winner ?? null),
    reasons: without(layer2?.reasons ?? {}, troubled),
    announced: isOpen
      ? []
      : (layer2?.announced ?? [])
          .map((each) => JSON.stringify([each.ip, each.interfaces]))
          .toSorted(),
    failed: isOpen ? [] : [...(layer2?.announceFailed ?? [])].toSorted(),
  };
}

function bgpOf({ bgp }: RecordedService, troubled: ReadonlySet<string>): unknown {
  return {
    reasons: without(bgp?.reasons ?? {}, troubled),
    peers: without(bgp?.peers ?? {}, troubled),
  };
}

function errorsNotForeseen(
  key: string,
  { errors = {} }: RecordedService,
  mergeTrouble: OurAnswer['mergeTrouble'],
): readonly string[] {
  return Object.entries(errors)
    .filter(([node, text]) => !(mergeTrouble.get(node) ?? []).some((each) => text.includes(each)))
    .map(([node, text]) => `${key} fails on ${node}: ${text}, which was not foreseen`);
}

function routeDisagreements(
  { advertised = [] }: RecordedResult,
  ours: OurAnswer,
): readonly string[] {
  const theirs = advertised.map(
    ({ nodes, peer, prefix, localPref, communities }) =>
      `${JSON.stringify([peer, prefix, localPref, communities])} from ${[...nodes].toSorted().join()}`,
  );
  const mine = [...ours.advertised].map(([key, nodes]) => `${key} from ${nodes.join()}`);
  return differing('advertised', theirs.toSorted(), mine.toSorted());
}

/** Where several routes meet, any of the possible remains agrees. */
function sentDisagreements({ backend = [] }: RecordedResult, ours: OurAnswer): readonly string[] {
  const theirs = backend.flatMap(({ nodes, peer, prefix, localPrefs, communities }) =>
    nodes.map((node) => ({
      key: `${node} ${peer} ${prefix}`,
      left: JSON.stringify([localPrefs, communities]),
    })),
  );
  const told = new Set(theirs.map(({ key }) => key));
  return [
    ...theirs
      .filter(({ key, left }) => ours.backend.get(key)?.includes(left) !== true)
      .map(
        ({ key, left }) => `backend ${key}: ${left}, ours ${ours.backend.get(key)?.join(' or ')}`,
      ),
    ...[...ours.backend.keys()]
      .filter((key) => !told.has(key))
      .map((key) => `backend ${key}: only ours`),
  ];
}

function without(entries: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): unknown {
  return Object.entries(entries)
    .filter(([name]) => !names.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function sorted(lists: Readonly<Record<string, readonly string[]>>): unknown {
  return Object.entries(lists)
    .map(([key, values]) => JSON.stringify([key, values.toSorted()]))
    .toSorted();
}

function differing(what: string, theirs: unknown, mine: unknown): readonly string[] {
  const [recorded, ours] = [JSON.stringify(theirs), JSON.stringify(mine)];
  return recorded === ours ? [] : [`${what}: recorded ${recorded}, ours ${ours}`];
}
