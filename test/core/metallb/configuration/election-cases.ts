import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { kinds } from '../../../../src/core/cluster/kinds.ts';
import type {
  PeerSecret,
  SpeakerInput,
} from '../../../../src/core/metallb/configuration/speaker-input.ts';

/** One small cluster that the real speakers were asked about, as far as configuration goes. */
export interface ElectionCase {
  readonly id: string;
  readonly version: string;
  readonly namespace: string;
  readonly settings: { readonly bgpType: string };
  readonly objects: readonly { readonly kind: string }[];
  readonly result?: ElectionResult;
  /** When more than the text of a refusal differed from run to run. */
  readonly results?: readonly ElectionResult[];
}

interface ElectionResult {
  /** Text to the nodes whose speaker refuses with it. */
  readonly configErrors?: Readonly<Record<string, readonly string[]>>;
}

/** The recorded cases of one release: at random, or those of what is rare. */
export function electionCases(
  version: string,
  kind: 'elect' | 'rare-elect' = 'elect',
): readonly ElectionCase[] {
  const file = new URL(`../../../vectors/${kind}-${version}.jsonl.gz`, import.meta.url);
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ElectionCase);
}

/** The case's objects as a speaker gets them. */
export function speakerInputOf(recorded: ElectionCase): SpeakerInput {
  const all = <T>(kind: { readonly kind: string; readonly parse: (value: unknown) => T }) =>
    recorded.objects.filter((object) => object.kind === kind.kind).map(kind.parse);
  return {
    pools: all(kinds.ipAddressPools),
    l2Advertisements: all(kinds.l2Advertisements),
    bgpAdvertisements: all(kinds.bgpAdvertisements),
    bgpPeers: all(kinds.bgpPeers),
    bfdProfiles: all(kinds.bfdProfiles),
    communities: all(kinds.communities),
    namespaces: all(kinds.namespaces),
    nodes: all(kinds.nodes),
    secrets: secretsOf(recorded),
    namespace: recorded.namespace,
    version: recorded.version,
    bgpType: recorded.settings.bgpType,
  };
}

interface RecordedSecret {
  readonly kind: 'Secret';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** A case without any Secret is one in which nobody asked for them. */
function secretsOf({ objects, namespace }: ElectionCase): SpeakerInput['secrets'] {
  const all = objects.filter((each): each is RecordedSecret => each.kind === 'Secret');
  const own = all.filter(({ metadata }) => metadata.namespace === namespace);
  return all.length === 0
    ? undefined
    : new Map(
        own.map(({ metadata, type = '', data = {} }): [string, PeerSecret] => [
          metadata.name,
          { type, hasPassword: Object.hasOwn(data, 'password') },
        ]),
      );
}

/** Node to all texts its speaker was seen to refuse with. */
export function refusalsOf(recorded: ElectionCase): ReadonlyMap<string, ReadonlySet<string>> {
  const results = recorded.results ?? (recorded.result === undefined ? [] : [recorded.result]);
  const refusals = new Map<string, Set<string>>();
  for (const { configErrors = {} } of results) {
    for (const [text, nodes] of Object.entries(configErrors)) {
      for (const node of nodes) {
        refusals.set(node, (refusals.get(node) ?? new Set()).add(text));
      }
    }
  }
  return refusals;
}
