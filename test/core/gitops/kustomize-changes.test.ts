import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';
import { overlaysOf } from '../../../src/core/gitops/overlays.ts';

const pool =
  'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: lan, namespace: lb}\n';
const peer =
  'apiVersion: metallb.io/v1beta2\nkind: BGPPeer\nspec: {passwordSecret: {name: secret}}\n';
const chosen = `${pool}---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
spec: {ipAddressPoolSelectors: [{matchLabels: {a: b}}]}
`;
const announced = `${pool}---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
spec: {ipAddressPools: [lan], ipAddressPoolSelectors: []}
`;
const reserved = `${pool}spec: {serviceAllocation: {namespaceSelectors: [{matchLabels: {a: b}}]}}\n`;
const chart = '{name: metallb, repo: "https://metallb.github.io/metallb", releaseName: lb}';
const other = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: speaker}\n';

/** What kustomize would still be asked for a folder of `resources: [p.yaml]` and these lines. */
async function buildOf(
  lines: string,
  files: Readonly<Record<string, string>> = {},
  isChosenFrom = false,
) {
  const all = {
    'k/p.yaml': pool,
    'k/kustomization.yaml': `resources: [p.yaml]\n${lines}\n`,
    ...files,
  };
  const sources = await Promise.all(
    Object.entries(all).map(async ([path, text]) => ({
      path,
      parsed: await parseManifest({ path, text }),
    })),
  );
  return overlaysOf('k', sources, isChosenFrom).map(({ build }) => build);
}

test.each([
  ['a patch in a file', 'patches: [{path: x.yaml}]', { 'k/x.yaml': pool }],
  ['a patch of single fields, for anything', 'patches: [{path: x.yaml}]', { 'k/x.yaml': '[]' }],
  ['a patch that is not here', 'patches: [{path: x.yaml}]', {}],
  ['a patch that is aimed', 'patches: [{target: {kind: "Pool|IPAddressPool"}, patch: "[]"}]', {}],
  ['a patch aimed by a pattern', 'patches: [{target: {kind: ".*"}, patch: "[]"}]', {}],
  ['a patch on the spot', 'patchesStrategicMerge: ["kind: IPAddressPool\\na: b"]', {}],
  ['another name', 'nameSuffix: -b', {}],
  ['labels that choose pools', 'labels: [{pairs: {a: b}}]', { 'k/p.yaml': chosen }],
  ['common labels that choose pools', 'commonLabels: {a: b}', { 'k/p.yaml': chosen }],
  ['labels that choose Namespaces', 'commonLabels: {a: b}', { 'k/p.yaml': reserved }],
  ['labels in other fields', 'labels: [{pairs: {a: b}, fields: [{path: spec/x}]}]', {}],
  ['replacements', 'replacements: [{path: r.yaml}]', {}],
  ['a component that is not here', 'components: [../c]', {}],
  ['something from elsewhere', 'bases: [https://example.org/metallb]', {}],
  ['another namespace', 'namespace: default', {}],
  ['the Secret of a peer', 'secretGenerator: [{name: secret}]', { 'k/p.yaml': peer }],
])('%s: only what is built can be judged', async (_, lines, files) => {
  expect(await buildOf(lines, { ...files })).toEqual(['kubectl kustomize k']);
});

test.each([
  ['a patch of another kind', 'patches: [{path: x.yaml}]', { 'k/x.yaml': other }],
  ['a patch aimed at another kind', 'patches: [{target: {kind: DaemonSet}, patch: "[]"}]', {}],
  ['another kind on the spot', 'patchesStrategicMerge: ["kind: DaemonSet\\na: b"]', {}],
  ['a Secret that no peer asks for', 'secretGenerator: [{name: memberlist}]', {}],
  ['the namespace they name', 'namespace: lb', {}],
  ['labels by which nothing is chosen', 'labels: [{pairs: {a: b}}]', { 'k/p.yaml': announced }],
  ['common labels likewise', 'commonLabels: {a: b}', { 'k/p.yaml': announced }],
  ["MetalLB's own chart", `helmCharts: [${chart}]`, {}],
  ["its chart's address as a folder", `helmCharts: [${chart.replace('b",', 'b/",')}]`, {}],
  ['images and replicas', 'images: [{name: a}]\nreplicas: [{name: a, count: 1}]', {}],
  [
    "MetalLB's own manifests",
    'bases: ["github.com/metallb/metallb/config/native?ref=v0.15.3", "https://raw.githubusercontent.com/metallb/metallb/v0.15.3/config/manifests/metallb-frr.yaml"]',
    {},
  ],
  ['patches where no object of MetalLB is', 'nameSuffix: -b', { 'k/p.yaml': other }],
  ['a component that is here', 'components: [c]', { 'k/c/kustomization.yaml': 'kind: Component' }],
])('%s: the files tell all', async (_, lines, files) => {
  expect(await buildOf(lines, { ...files })).toEqual([undefined]);
});

test('charts and generators may bring objects where none is', async () => {
  const files = { 'k/p.yaml': other };
  expect(await buildOf('generators: [g.yaml]', files)).toEqual(['kubectl kustomize k']);
  expect(await buildOf('helmCharts: [{name: a}]', files)).toEqual([
    'kubectl kustomize --enable-helm k',
  ]);
});

test.each([
  ['a chart of that name from elsewhere', '[{name: metallb, repo: "https://example.org/metallb"}]'],
  ['a chart of that name on this disk', '[{name: metallb}]'],
  ['another chart beside it', `[${chart}, {name: pools, repo: "https://example.org"}]`],
  ['no list of charts', '{}'],
])('%s may bring objects', async (_, charts) => {
  expect(await buildOf(`helmCharts: ${charts}`)).toEqual(['kubectl kustomize --enable-helm k']);
});

test("MetalLB's own chart still needs its flag when something else is to be built", async () => {
  expect(await buildOf(`nameSuffix: -b\nhelmCharts: [${chart}]`)).toEqual([
    'kubectl kustomize --enable-helm k',
  ]);
});

test.each(['labels: [{pairs: {a: b}}]', 'commonLabels: {a: b}'])(
  '%s counts where the cluster beside chooses pools by labels',
  async (lines) => {
    expect(await buildOf(lines, {}, true)).toEqual(['kubectl kustomize k']);
    expect(await buildOf(lines, { 'k/p.yaml': other }, true)).toEqual([undefined]);
  },
);
