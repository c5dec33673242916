import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { cacheRoot } from './build.ts';
import { outputOf } from './command.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { CustomKind } from './storage-keys.ts';

/** A CustomResourceDefinition, as far as it is looked into. */
export interface Definition extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly scope?: string;
    readonly names: { readonly kind: string; readonly plural: string; readonly listKind?: string };
    readonly versions: readonly DefinitionVersion[];
  };
}

interface DefinitionVersion {
  readonly name: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly schema?: { readonly openAPIV3Schema?: object };
}

const MODULE = 'go.universe.tf/metallb';

/** The checksums of the releases' modules, as a go.sum has them: what is downloaded must be these. */
const CHECKSUMS: ReadonlyMap<string, string> = new Map([
  ['v0.13.7', 'h1:K/FS/ecpE/a0l5di8ZbFAXB7UP37S8vnrdLGnleiVGk='],
  ['v0.13.9', 'h1:x5OZ0bUxdKc/uKrbr14kAs9QVA/l9dKs9CNI0bu/lnk='],
  ['v0.13.12', 'h1:c2AprV1M3TP4NpHqENLpwuDJJDYVl0w1DGqOJJogH9I='],
  ['v0.14.8', 'h1:MBW6lLJqRgu32s7httfceh1vw8h9qp26ZkI4WaT35zI='],
  ['v0.14.9', 'h1:FYLII4Rpnju8pLY79H0BIoJVQI4mmEzeO9BJ0X44HX8='],
  ['v0.15.3', 'h1:jmTFharsaP9yBW0p/giOahfuVNTBIvwQqxx2eYxM6fc='],
  ['v0.16.1', 'h1:iVtjCslcUFMOEvuNeAyW2ygZxyW+6YjnNcEuCTOZezc='],
]);

/** The definitions that a MetalLB release installs, out of its Go module; none before v0.13.0. */
export async function definitionsOf(version: string): Promise<Definition[]> {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  if (major === 0 && minor < 13) {
    return [];
  }
  const folder = await definitionFolder(version);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.map((text) => parse(text) as Definition);
}

/** The definitions a scenario serves: those of its files when they speak of any, else the release's. */
export function definitionsServed(
  stated: readonly Definition[] | undefined,
  released: readonly Definition[],
): Definition[] {
  return (stated ?? released).map((definition) => {
    const twin = released.find(({ metadata }) => metadata.name === definition.metadata.name);
    return established(withSchemas(definition, twin));
  });
}

/** What the definitions call their kinds. */
export function customKinds(definitions: readonly Definition[]): CustomKind[] {
  return definitions.map(({ spec }) => ({
    group: spec.group,
    kind: spec.names.kind,
    plural: spec.names.plural,
    namespaced: spec.scope !== 'Cluster',
  }));
}

/** A file may leave out the long schemas; the release's are taken then, or anything is allowed. */
function withSchemas(definition: Definition, released: Definition | undefined): Definition {
  const versions = definition.spec.versions.map((version, index) => {
    const twin = released?.spec.versions.find(({ name }) => name === version.name);
    const anything = {
      schema: {
        openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
      subresources: { status: {} },
    };
    const storage = { served: true, storage: index === 0 };
    const isWhole = version.schema?.openAPIV3Schema !== undefined;
    return isWhole ? version : { ...storage, ...anything, ...twin, ...version };
  });
  return { ...definition, spec: { ...definition.spec, versions } };
}

/** As the API server leaves a definition when it serves it, without calling a webhook to convert. */
function established(definition: Definition): Definition {
  const { names, versions } = definition.spec;
  const { conversion: _webhook, ...spec } = definition.spec as Definition['spec'] & {
    conversion?: unknown;
  };
  const accepted = { listKind: `${names.kind}List`, singular: names.kind.toLowerCase(), ...names };
  const since = { lastTransitionTime: '2026-01-01T00:00:00Z' };
  return {
    ...definition,
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { scope: 'Namespaced', ...spec, names: accepted },
    status: {
      acceptedNames: accepted,
      storedVersions: [versions.find(({ storage }) => storage === true)?.name],
      conditions: [
        { ...since, type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: '' },
        {
          ...since,
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: '',
        },
      ],
    },
  };
}

/** A copy of the module's folder in the cache; made once for each release. */
async function definitionFolder(version: string): Promise<string> {
  const folder = join(cacheRoot(), `definitions-${version}`);
  if ((await readdir(folder).catch(() => [])).length > 0) {
    return folder;
  }
  await mkdir(cacheRoot(), { recursive: true });
  const moduleFolder = await moduleFolderOf(version);
  const unfinished = `${folder}.${process.pid}.unfinished`;
  await cp(join(moduleFolder, 'config', 'crd', 'bases'), unfinished, { recursive: true });
  await outputOf('chmod', ['-R', 'u+w', unfinished]);
  // Another run may have been faster; either copy will do.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}

async function moduleFolderOf(version: string): Promise<string> {
  const answer = await outputOf('go', ['mod', 'download', '-json', `${MODULE}@${version}`]);
  const { Dir: folder, Sum: checksum } = JSON.parse(answer) as { Dir: string; Sum: string };
  if (CHECKSUMS.get(version) !== checksum) {
    throw new Error(`${MODULE}@${version} is ${checksum}, which is not the checksum pinned here`);
  }
  return folder;
}
