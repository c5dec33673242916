import { describe, expect, test } from 'vitest';
import {
  speakerConfiguration,
  speakerConfigurations,
} from '../../../../src/core/metallb/configuration/speaker-configuration.ts';
import { electionCases, refusalsOf, speakerInputOf } from './election-cases.ts';

/** Nodes of each release that refused in the recorded cases: the test must have met them all. */
const refusing = { 'v0.14.9': 441, 'v0.15.3': 394, 'v0.16.1': 239 };

describe.each(Object.entries(refusing))('the speakers of %s', (version, expected) => {
  const cases = electionCases(version);

  test('refuse on the same nodes, and say nothing we do not foresee', () => {
    const wrong = cases.flatMap((recorded) => {
      const input = speakerInputOf(recorded);
      const seen = refusalsOf(recorded);
      return input.nodes.flatMap((node) => {
        const { name } = node.metadata;
        const ours = speakerConfiguration(input, node);
        const maySay = new Set(ours.state === 'rejected' ? ours.maySay : []);
        const unforeseen = [...(seen.get(name) ?? [])].filter((text) => !maySay.has(text));
        return seen.has(name) === (ours.state === 'rejected') && unforeseen.length === 0
          ? []
          : [{ id: recorded.id, name, ours, seen: [...(seen.get(name) ?? [])] }];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('are as many as were recorded', () => {
    const nodes = cases.map((recorded) => refusalsOf(recorded).size);
    expect(nodes.reduce((sum, each) => sum + each, 0)).toBe(expected);
  });

  test('come to the same word node by node as all at once', () => {
    for (const recorded of cases.slice(0, 200)) {
      const input = speakerInputOf(recorded);
      const together = new Map(
        speakerConfigurations(input).flatMap(({ nodes, configuration }) =>
          nodes.map((node) => [node, configuration] as const),
        ),
      );
      for (const node of input.nodes) {
        expect(together.get(node.metadata.name)).toEqual(speakerConfiguration(input, node));
      }
    }
  });
});
