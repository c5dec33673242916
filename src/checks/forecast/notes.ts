import type { Outlook } from './headline.ts';

/** What else is worth knowing before the change is made. */
export function notesOn({ told, options }: Outlook): readonly string[] {
  const { endings, isComplete, courses, settles, others, added } = told;
  const waits = others.filter(({ now }) => now.length === 0).length;
  return [
    ...(endings.length > 1 || options.length > 1
      ? [
          isComplete
            ? 'MetalLB draws; every way it can come is told'
            : `MetalLB draws in more ways than can be told; these came in ${courses} of them`,
        ]
      : []),
    ...(settles ? [] : ['it never comes to rest: MetalLB writes its status again and again']),
    ...(added !== undefined && told.admission?.allowed === true && waits > 0
      ? [
          `${waits} pending ${waits === 1 ? 'Service is' : 'Services are'} served from the new addresses too, and may come first`,
        ]
      : []),
  ];
}
