import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/core/gitops/manifest-documents.ts';
import { overlaysOf } from '../../../src/core/gitops/overlays.ts';

async function overlays(files: Readonly<Record<string, string>>) {
  const sources = await Promise.all(
    Object.entries(files).map(async ([path, text]) => ({
      path,
      parsed: await parseManifest({ path, text }),
    })),
  );
  return overlaysOf('all', sources).map(({ files: own, ...overlay }) => ({
    ...overlay,
    files: own.map(({ path }) => path),
  }));
}

const pool = 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n';

test('a folder without kustomizations is one cluster', async () => {
  expect(await overlays({ 'all/a/p.yaml': pool, 'all/b/p.yaml': pool })).toEqual([
    {
      name: 'all',
      files: ['all/a/p.yaml', 'all/b/p.yaml'],
      namespace: undefined,
      notes: [],
      build: undefined,
    },
  ]);
});

test('one kustomization with its base is one cluster, in the namespace it names', async () => {
  const found = await overlays({
    'all/base/kustomization.yaml': 'resources: [p.yaml]\n',
    'all/base/p.yaml': pool,
    'all/prod/kustomization.yaml': 'namespace: lb\nresources: [../base/]\n',
  });
  expect(found.map(({ name, namespace }) => [name, namespace])).toEqual([['all', 'lb']]);
});

test('kustomizations that nothing builds on are clusters of their own; the rest is told apart', async () => {
  const found = await overlays({
    'all/base/kustomization.yaml': 'resources: [p.yaml]\n',
    'all/base/p.yaml': pool,
    'all/east/kustomization.yaml': 'resources: [../base]\npatches: [{path: x.yaml}]\n',
    'all/west/kustomization.yaml': 'resources:\n- ../base\n- https://example.org/x\n',
    'all/loose.yaml': pool,
  });
  const shared = ['all/base/kustomization.yaml', 'all/base/p.yaml'];
  expect(found).toEqual([
    {
      name: 'all/east',
      files: [...shared, 'all/east/kustomization.yaml'],
      namespace: undefined,
      notes: ['patches are not applied here, the resources are judged as they stand'],
      build: 'kubectl kustomize all/east',
    },
    {
      name: 'all/west',
      files: [...shared, 'all/west/kustomization.yaml'],
      namespace: undefined,
      notes: ['https://example.org/x is not among these files'],
      build: 'kubectl kustomize all/west',
    },
    {
      name: 'all (files that no kustomization names)',
      files: ['all/loose.yaml'],
      namespace: undefined,
      notes: [],
      build: undefined,
    },
  ]);
});

test("Flux's Kustomization is an order to Flux, not a list of files", async () => {
  const flux =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./a}\n';
  expect(await overlays({ 'all/a.yaml': flux, 'all/b.yaml': flux })).toHaveLength(1);
});
