import type { Pod } from '../../facts/kube-objects.ts';
import type { LogExcerpt } from '../../facts/snapshot.ts';
import { logLines } from '../log-lines.ts';
import { programOf } from '../recognise/program.ts';
import { runOfName, type KnownPrograms, type Run } from './log-names.ts';
import type { Clash } from './met-twice.ts';
import { areParallel, treesOf } from './parallel-files.ts';

/** True for files that hold logs, by their place in the dump. */
export function isLogFile(relativePath: string): boolean {
  return /\.log$|logs?\.txt$/i.test(relativePath);
}

/** A file of the dump that holds logs. */
export interface LogFile {
  readonly relativePath: string;
  readonly content: string;
}

/** The logs in one file; none when neither its place nor its name says whose they are. */
export function logsIn(
  { relativePath, content }: LogFile,
  programs: KnownPrograms,
): readonly LogExcerpt[] {
  const run = runOfPath(relativePath);
  if (run !== undefined) {
    return [excerpt(run, content)];
  }
  const framed = isSectioned(relativePath) ? sectionsOf(content) : [];
  const sections = framed.length > 0 ? framed : prefixedIn(content, programs);
  const named = sections.length > 0 ? undefined : runOfName(relativePath, programs);
  // where kubectl logs failed, the shell has made an empty file all the same
  return named === undefined || content.trim() === '' ? sections : [excerpt(named, content)];
}

/** Logs of one run that stand differently at the same place of two trees. */
export function clashingLogs(
  found: readonly { readonly file: LogFile; readonly logs: readonly LogExcerpt[] }[],
): readonly Clash[] {
  const runs = found.flatMap(({ file, logs }) => logs.map((log) => ({ file, log })));
  const nameOf = ({ namespace, pod, container, previous }: Run) =>
    `the log of ${namespace}/${pod}${container === '' ? '' : ` ${container}`}${previous ? ' before its restart' : ''}`;
  return [...Map.groupBy(runs, ({ log }) => nameOf(log))].flatMap(([what, [first, ...others]]) => {
    const again = others.find(
      ({ file }) =>
        first !== undefined &&
        file.content !== first.file.content &&
        areParallel(first.file.relativePath, file.relativePath),
    );
    return first === undefined || again === undefined
      ? []
      : { what, files: [first.file.relativePath, again.file.relativePath], differs: 'content' };
  });
}

/** Whether both trees of two logs hold objects too, each a dump of its own. */
export function isOfTwoDumps({ files }: Clash, withObjects: readonly string[]): boolean {
  return treesOf(...files).every((tree) => withObjects.some((file) => file.startsWith(tree)));
}

function isSectioned(relativePath: string): boolean {
  return /(^|\/)logs\.txt$/.test(relativePath);
}

const ownLayout = /(?:^|\/)logs\/([^/]+)\/([^/]+)\/([^/]+?)(\.previous)?\.log$/;
const mustGatherLayout =
  /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\/([^/]+)\/[^/]+\/logs\/(?:current|(previous))\.log$/;

function runOfPath(relativePath: string): Run | undefined {
  const match = mustGatherLayout.exec(relativePath) ?? ownLayout.exec(relativePath);
  if (match === null) {
    return undefined;
  }
  const [, namespace = '', pod = '', container = '', previous] = match;
  return { namespace, pod, container, previous: previous !== undefined };
}

function excerpt(run: Run, content: string): LogExcerpt {
  return { ...run, lines: { state: 'read', items: logLines(content) } };
}

/** The frame that `kubectl cluster-info dump` draws around each container's log. */
const section =
  /^==== START logs for container (\S+) of pod ([^/\s]+)\/(\S+) ====\n([^]*?)^==== END logs for container \1 of pod \2\/\3 ====$/gm;

function sectionsOf(content: string): readonly LogExcerpt[] {
  return [...content.matchAll(section)].map(
    ([, container = '', namespace = '', pod = '', lines = '']) =>
      excerpt({ namespace, pod, container, previous: false }, lines),
  );
}

const linePrefix = /^\[pod\/([^/\]\s]+)\/([^\]\s]+)\] /;

/** What `kubectl logs --prefix` prints: every line says whose it is. */
function prefixedIn(content: string, { pods, namespace }: KnownPrograms): readonly LogExcerpt[] {
  if (!linePrefix.test(content)) {
    return [];
  }
  const lines = content.split('\n').filter((line) => linePrefix.test(line));
  const groups = Map.groupBy(lines, (line) => linePrefix.exec(line)?.[0] ?? '');
  return [...groups.values()].map((own) => {
    const [, pod = '', container = ''] = linePrefix.exec(own[0] ?? '') ?? [];
    const home = pods.find(({ metadata }) => metadata.name === pod)?.metadata.namespace;
    return excerpt(
      { namespace: home ?? namespace, pod, container, previous: false },
      own.join('\n'),
    );
  });
}

/** What is not known of the logs of MetalLB's pods: excerpts that say that the dump does not hold them. */
export function missingLogs(
  pods: readonly Pod[],
  logs: readonly LogExcerpt[],
): readonly LogExcerpt[] {
  const held = new Set(logs.map((log) => `${log.namespace}/${log.pod}/${log.container}`));
  return pods.flatMap((pod) => {
    const container = programOf(pod)?.container.name;
    const namespace = pod.metadata.namespace ?? '';
    if (container === undefined || held.has(`${namespace}/${pod.metadata.name}/${container}`)) {
      return [];
    }
    const reason = `the dump holds no log of ${namespace}/${pod.metadata.name}`;
    return [
      {
        namespace,
        pod: pod.metadata.name,
        container,
        previous: false,
        lines: { state: 'failed', reason } as const,
      },
    ];
  });
}
