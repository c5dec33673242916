import type { WireGap } from '../../core/facts/wire.ts';
import type { Sending } from '../link-port.ts';
import type { Look } from '../prober.ts';

/** What went wrong while it was listened. */
export interface Troubles {
  readonly downs: number;
  readonly unread: number;
  readonly isLost: boolean;
  /** When a question found the interface gone. */
  readonly goneAtMs: number | undefined;
  readonly unsent: ReadonlyMap<Sending, number>;
  readonly notKept: number;
  readonly isProbe: boolean;
  readonly isStopped: boolean;
}

/** What makes silence prove nothing. */
export function gapsBy(troubles: Troubles, { facing }: Look): readonly WireGap[] {
  const { isLost, downs, unread, unsent, isStopped } = troubles;
  const gaps: readonly (WireGap | undefined)[] = [
    !isLost && downs > 0 ? 'interface-down' : undefined,
    isLost ? 'interface-gone' : undefined,
    facing.interface?.hasCarrier === false ? 'no-carrier' : undefined,
    unread > 0 ? 'frames-lost' : undefined,
    unsent.size > 0 ? 'questions-unsent' : undefined,
    isStopped ? 'stopped' : undefined,
  ];
  return gaps.filter((gap) => gap !== undefined);
}

/** What the look could not see, each complete in itself. */
export function unseenBy(troubles: Troubles, { facing, family }: Look): readonly string[] {
  const found = facing.interface;
  const name = found?.name ?? '';
  const { downs, unread, notKept, isProbe, isLost } = troubles;
  const hasNoSource = facing.source === undefined && !isProbe;
  return [
    isLost
      ? `${name} went away during the look${whenGone(troubles)}: nothing was heard after that`
      : '',
    !isLost && downs > 0
      ? `${name} was down for a while (${times(downs)}): what was said meanwhile is lost`
      : '',
    ...unsentTexts(troubles.unsent),
    unread > 0 ? `${unread} frames came faster than they could be read` : '',
    notKept > 0 ? `${notKept} answers of further Ethernet addresses were counted and not kept` : '',
    withoutCarrier(facing) ?? '',
    troubles.isStopped ? 'the look was stopped before its time was up' : '',
    hasNoSource
      ? `${name} has no ${families[family]} address to ask with, and some machines answer only those who have one`
      : '',
  ].filter((text) => text !== '');
}

/** Said where nobody can have heard a question, however it was asked. */
export function withoutCarrier({ interface: found }: Look['facing']): string | undefined {
  return found?.hasCarrier === false
    ? `${found.name} has no carrier: nobody is cabled to it`
    : undefined;
}

const families = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

const whys: Readonly<Record<Exclude<Sending, 'sent'>, string>> = {
  down: 'the interface was down',
  gone: 'the interface was gone',
  full: 'the queue of the interface was full',
  failed: 'the kernel refused them',
};

function unsentTexts(unsent: Troubles['unsent']): readonly string[] {
  return [...unsent].flatMap(([sending, count]) =>
    sending === 'sent'
      ? []
      : [
          `${count === 1 ? 'a question' : `${count} questions`} could not be sent: ${whys[sending]}`,
        ],
  );
}

function whenGone({ goneAtMs }: Troubles): string {
  return goneAtMs === undefined ? '' : `, at the latest after ${(goneAtMs / 1_000).toFixed(1)} s`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
