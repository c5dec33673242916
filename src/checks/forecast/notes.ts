import type { Outlook } from './headline.ts';
import { isWritten } from './pool-changes.ts';
import { orderNotes } from './order-notes.ts';

/** What else is worth knowing before the change is made. */
export function notesOn({ told, options, now, mends }: Outlook): readonly string[] {
  const { endings, isComplete, courses, settles, others, answer } = told;
  const waits = others.filter(
    (other) =>
      other.now.length === 0 && other.endings.some(({ pool }) => isWritten(pool ?? '', told)),
  ).length;
  const losers = others.filter(
    (other) =>
      other.now.length > 0 &&
      other.endings.some(({ addresses }) => other.now.some((each) => !addresses.includes(each))),
  ).length;
  return [
    ...(answer.outcome === 'not-handled' && answer.why.kind === 'class'
      ? [
          'the class of a Service cannot be changed: it has to be deleted and made anew with another one',
        ]
      : []),
    ...(mends ? ['this mends the configuration that MetalLB refuses as it stands'] : []),
    ...(losers > 0
      ? [
          `${losers} other ${losers === 1 ? 'Service loses the address it has' : 'Services lose the addresses they have'}, or may: an outage for ${losers === 1 ? 'it' : 'them'}`,
        ]
      : []),
    ...(endings.length > 1 || options.length > 1
      ? [
          isComplete
            ? 'MetalLB draws; every way it can come is told'
            : `MetalLB draws in more ways than can be told; these came in ${courses} of them`,
        ]
      : []),
    ...(settles ? [] : ['it never comes to rest: MetalLB writes its status again and again']),
    ...orderNotes(told, now.addresses),
    ...(waits > 0
      ? [
          `${waits} other pending ${waits === 1 ? 'Service is' : 'Services are'} served from the new addresses too, and may come first`,
        ]
      : []),
  ];
}
