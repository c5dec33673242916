import { expect, test } from 'vitest';
import { unstrictProxyIn } from '../../../../src/checks/models/layer2/unstrict-proxies.ts';
import { isUnstrict, proxyModeIn } from '../../../../src/checks/models/wire/proxy-mode.ts';
import { aNode } from '../../../builders/some-objects.ts';
import { kubeProxy } from '../../layer2-scenes.ts';

const readingOf = (text: string) => ({ state: 'read' as const, items: [kubeProxy(text)] });

test.each([
  ['mode: ipvs\nipvs:\n  strictARP: false\n', true],
  ["mode: 'ipvs'\nipvs:\n  strictARP: false\n", true],
  ['mode: ipvs # by hand\nipvs:\n  strictARP: false\n', true],
  ['{"mode":"ipvs","ipvs":{"strictARP":false}}', true],
  ['mode: ipvs\nipvs:\n  # strictARP: true\n', true],
  ['mode: ipvs\nipvs:\n  strictARP: "true"\n', false],
  ['{"mode":"ipvs","ipvs":{"strictARP":true}}', false],
  ['mode: ""\nipvs:\n  strictARP: false\n', false],
  ['# mode: ipvs\nmode: iptables\n', false],
])('the mode in %j is the same for every check', (text, expected) => {
  const configMaps = readingOf(text);
  expect(isUnstrict(proxyModeIn(configMaps))).toBe(expected);
  expect(unstrictProxyIn({ configMaps, daemonSets: [], nodes: [] }) !== undefined).toBe(expected);
});

test('where there is one node, nobody else answers', () => {
  const configMaps = readingOf('mode: ipvs\nipvs:\n  strictARP: false\n');
  const found = (...names: readonly string[]) =>
    unstrictProxyIn({ configMaps, daemonSets: [], nodes: names.map((name) => aNode(name)) });
  expect(found('n1')).toBeUndefined();
  expect(found('n1', 'n2')).toMatchObject({ nodes: [] });
});

test.each([
  ['lines without words', '\n'.repeat(262_144)],
  ['spaces', ` ${'mode '.repeat(52_000)}`],
  ['a key without a value', `mode${' '.repeat(262_144)}`],
])('a configuration of any length is read at once: %s', (_title, text) => {
  const started = performance.now();
  unstrictProxyIn({ configMaps: readingOf(text), daemonSets: [], nodes: [] });
  expect(performance.now() - started).toBeLessThan(2_000);
});
