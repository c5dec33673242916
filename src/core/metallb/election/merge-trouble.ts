import type { Route } from './routes.ts';

/**
 * Texts with which FRR mode below v0.15.0 refuses a node's routes: equal prefixes to one peer under two local preferences.
 * Which Service fails depends on the order of events, and with it everything later on that node.
 */
export function mergeTrouble(routes: readonly Route[]): readonly string[] {
  const meetings = Map.groupBy(routes, ({ peer, prefix }) => `${peer} ${prefix}`);
  const texts = [...meetings.values()].flatMap((group) => {
    const preferences = [...new Set(group.map(({ localPref }) => localPref))];
    return preferences.flatMap((one) =>
      preferences
        .filter((other) => other !== one)
        .map(
          (other) =>
            `cannot merge advertisements with different local preferences: ${one} != ${other}`,
        ),
    );
  });
  return [...new Set(texts)].toSorted();
}
