import { remembered, type Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { addressesIn } from '../services.ts';
import { type LogLine, logLines } from '../testimony/log-lines.ts';

/** A speaker that says that it could not announce an address. */
export interface Failure {
  readonly node: string;
  readonly protocol: 'layer2' | 'bgp';
  /** MetalLB's own words. */
  readonly reason: string;
  /** What was sent before such a failure stays (FRR mode of v0.14): true where its log tells of an announcement. */
  readonly announcedBefore: boolean;
}

type FailureFacts = Facts<'pods', 'speakerLogs'>;

/** The last words of speakers on the addresses of a Service, where they are `announceFailed`. */
export function failuresOn(service: Service, facts: FailureFacts): readonly Failure[] {
  const known = failuresByAddress(facts);
  return known.size === 0
    ? []
    : addressesIn(service).flatMap((address) => known.get(address) ?? []);
}

interface Said {
  readonly node: string;
  readonly line: LogLine;
  readonly address: string;
}

const quoted = /"([0-9a-f.:]{2,45})"/gi;
const telling: ReadonlySet<string> = new Set([
  'announceFailed',
  'serviceAnnounced',
  'serviceWithdrawn',
]);

const failuresByAddress = remembered(
  ({ pods, speakerLogs, takenAt }: FailureFacts): ReadonlyMap<string, readonly Failure[]> => {
    const lines = logLines(speakerLogs, takenAt).filter(({ previous }) => !previous);
    // nearly every log tells of none, and then nothing need be gone through
    if (!lines.some(({ values }) => values.get('event') === 'announceFailed')) {
      return new Map();
    }
    const nodes = new Map(pods.map(({ metadata, spec }) => [metadata.name, spec.nodeName]));
    const said = lines
      .filter(({ values }) => telling.has(values.get('event') ?? ''))
      .flatMap((line) => saidIn(line, nodes.get(line.pod)));
    const byAddress = Map.groupBy(said, ({ address }) => address);
    return new Map(
      [...byAddress]
        .map(([address, all]) => [address, failuresIn(all)] as const)
        .filter(([, found]) => found.length > 0),
    );
  },
);

function saidIn(line: LogLine, node: string | undefined): readonly Said[] {
  return node === undefined
    ? []
    : [...new Set([...line.text.matchAll(quoted)].map(([, address = '']) => address))].map(
        (address) => ({ node, line, address }),
      );
}

function failuresIn(said: readonly Said[]): readonly Failure[] {
  const groups = Map.groupBy(said, ({ node, line }) => `${node} ${protocolOf(line)}`);
  return [...groups.values()].flatMap((own) => {
    const last = own.at(-1);
    return last === undefined || last.line.values.get('event') !== 'announceFailed'
      ? []
      : [
          {
            node: last.node,
            protocol: protocolOf(last.line),
            reason: last.line.words,
            announcedBefore: isStillOut(own.map(({ line }) => line)),
          },
        ];
  });
}

function isStillOut(lines: readonly LogLine[]): boolean {
  const before = lines.findLast(({ values }) => values.get('event') !== 'announceFailed');
  return before?.values.get('event') === 'serviceAnnounced';
}

function protocolOf({ values }: LogLine): Failure['protocol'] {
  return values.get('protocol') === 'bgp' ? 'bgp' : 'layer2';
}
