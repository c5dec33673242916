import { shellWord } from '../../../core/diagnosis/kubectl.ts';
import { ageMs, newestOf } from '../ages.ts';
import type { LogLine } from '../testimony/log-lines.ts';

/** One right that the API server denied to one of MetalLB's accounts, as its log says. */
export interface DeniedRight {
  readonly line: LogLine;
  readonly account: string;
  readonly verb: string;
  readonly resource: string;
  readonly apiGroup: string;
  readonly namespace: string | undefined;
}

const denial =
  /User "(system:serviceaccount:[^"]+)" cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;

/** Every right that was denied, once each, with the newest line that says so. */
export function deniedRights(lines: readonly LogLine[]): readonly DeniedRight[] {
  const denied = lines.flatMap((line) => deniedIn(line));
  return [...new Map(denied.map((each) => [rightOf(each), each])).values()];
}

/** `list namespaces`, `update services/status`, `list bgppeers.metallb.io in namespace metallb-system`. */
export function rightOf({ verb, resource, apiGroup, namespace }: DeniedRight): string {
  const group = apiGroup === '' ? '' : `.${apiGroup}`;
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  return `${verb} ${resource}${group}${where}`;
}

/** Without these the program cannot do its work; a missing right to record events only makes it quiet. */
export function isVital({ verb, resource }: DeniedRight): boolean {
  return ['list', 'watch', 'get'].includes(verb) || resource === 'ipaddresspools/status';
}

const listedAgainMs = 2 * 60_000;

/** True when a log ends with the program being denied what it lists; by the log's own clock, for ours may be wrong. */
export function endsDenied(lines: readonly LogLine[]): boolean {
  const own = lines.filter(({ previous }) => !previous);
  const end = newestOf(own.map(({ at }) => at));
  return deniedRights(own)
    .filter(isVital)
    .some(({ line }) => end === undefined || (ageMs(line.at, end) ?? 0) <= listedAgainMs);
}

function deniedIn(line: LogLine): readonly DeniedRight[] {
  const found = denial.exec(line.text.replaceAll('\\"', '"'));
  const [, account, verb, resource, apiGroup, namespace] = found ?? [];
  return account === undefined || verb === undefined || resource === undefined
    ? []
    : [{ line, account, verb, resource, apiGroup: apiGroup ?? '', namespace }];
}

/** The command that asks the API server whether `account` has the right. */
export function canI(
  { verb, resource, apiGroup, namespace }: DeniedRight,
  account: string,
): string {
  const [kind = resource, subresource] = resource.split('/');
  const group = apiGroup === '' ? '' : `.${apiGroup}`;
  const words = [
    verb,
    `${kind}${group}`,
    ...(subresource === undefined ? [] : [`--subresource=${subresource}`]),
    ...(namespace === undefined ? ['-A'] : ['-n', namespace]),
    `--as=${account}`,
  ];
  return `kubectl auth can-i ${words.map(shellWord).join(' ')}`;
}
