import { addAbortSignal } from 'node:stream';
import { UsageError } from '../../facts/errors.ts';
import type { ClusterReader } from '../../facts/ports.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { Service } from '../../facts/kube-objects.ts';
import { shellWord } from '../../facts/shell-word.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { FactName, Snapshot } from '../../facts/snapshot.ts';
import {
  validationSchemaVersion,
  type ValidatedSet,
  type ValidationReport,
} from '../../facts/validation.ts';
import { namesInWords } from '../../gitops/kustomization-notes.ts';
import { readManifests } from '../../gitops/manifest-files.ts';
import type { Surroundings } from '../../gitops/manifest-problems.ts';
import { validateManifests, type ValidationRequest } from '../../gitops/validate-manifests.ts';
import { isOlder, newestKnownRelease, oldestKnownRelease } from '../../metallb/releases.ts';
import { parseVersion } from '../../metallb/versions.ts';
import { exitOfSignal, type StoppedBy } from '../failure.ts';
import { refuseTwice } from '../flags/stdin.ts';
import { openWorld, type SourceFlags } from '../world.ts';

/** What of a cluster the manifests are put beside. */
const besides: readonly FactName[] = [
  'ipAddressPools',
  'l2Advertisements',
  'bgpAdvertisements',
  'bgpPeers',
  'bfdProfiles',
  'communities',
  'namespaces',
  'nodes',
  'services',
  'deployments',
  'daemonSets',
  'pods',
];

/** What the person asked for, and the cluster that was read for it. */
export interface ValidationWish {
  readonly flags: {
    readonly version: string | undefined;
    readonly 'bgp-type': string | undefined;
    readonly 'metallb-namespace': string | undefined;
    /** `cluster`, a recording, or nothing. */
    readonly with: string | undefined;
    readonly 'exit-warn': boolean;
    readonly namespace: string | undefined;
  };
  /** Whether `-n` was typed, and not set by the environment for Services. */
  readonly hasNamespace: boolean;
  readonly snapshot: Snapshot | undefined;
  /** Ends the reading of a pipe that does not end. */
  readonly signal: AbortSignal;
  /** What stopped the run, if something did. */
  readonly stoppedBy: () => StoppedBy | undefined;
}

/** Opens what `--with` names: the cluster of the server flags, or a recording. */
export async function openBeside(
  flags: SourceFlags,
  beside: string,
  about: { readonly version: string; readonly signal: AbortSignal },
): Promise<ClusterReader> {
  const source = beside === 'cluster' ? flags : { ...flags, from: beside };
  return await openWorld(source, about.version, about.signal);
}

/** Reads only what manifests can depend on. */
export async function readBeside(reader: ClusterReader, signal: AbortSignal): Promise<Snapshot> {
  return await reader.gather({ facts: besides, logs: [], service: undefined }, signal);
}

/** Judges manifests, beside a cluster if one was read. */
export async function validationReport(
  paths: readonly string[],
  wish: ValidationWish,
  toolVersion: string,
): Promise<ValidationReport> {
  const { flags, snapshot, hasNamespace, stoppedBy } = wish;
  refuseStrangeVersion(flags.version);
  refuseTwice([...paths, flags.with]);
  const around = surroundings(wish);
  const judged = await validateManifests({
    name: namesInWords(paths),
    files: await readManifests(paths, addAbortSignal(wish.signal, process.stdin)),
    around,
    unnamedGoTo: hasNamespace ? flags.namespace : undefined,
    services: snapshot === undefined ? [] : servicesOf(snapshot),
  });
  const { namespace, skipped } = judged;
  const sets = judged.sets.map((set) => ({ ...set, build: pipeOf(set, wish) }));
  const result = resultOf(sets, around.unread);
  const stopped = stoppedBy();
  return {
    schemaVersion: validationSchemaVersion,
    tool: { name: 'triage', version: toolVersion },
    command: 'validate',
    result,
    exitCode: stopped === undefined ? exitOf(result, flags['exit-warn']) : exitOfSignal(stopped),
    metallb: { version: around.version, namespace, bgpType: around.bgpType },
    with: flags.with,
    sets,
    skipped,
  };
}

/** What was asked for outweighs what runs there. */
function surroundings({ flags, snapshot }: ValidationWish): ValidationRequest['around'] {
  const installation = snapshot?.installations[0];
  const running = installation?.speakerVersion ?? installation?.controllerVersion;
  return {
    version: flags.version ?? running ?? newestKnownRelease,
    isVersionAssumed: flags.version === undefined && running === undefined,
    bgpType:
      flags['bgp-type'] ??
      (installation?.speaker === undefined ? undefined : (installation.bgpType ?? 'native')),
    namespace: flags['metallb-namespace'] ?? installation?.namespace,
    cluster: snapshot === undefined ? undefined : clusterOf(snapshot),
    unread: snapshot === undefined ? [] : unreadIn(snapshot),
  };
}

function refuseStrangeVersion(version: string | undefined): void {
  if (version !== undefined && parseVersion(version) === undefined) {
    throw new UsageError(`--version ${version} is no release of MetalLB; write it as v0.15.3`);
  }
  if (version !== undefined && isOlder(version, oldestKnownRelease)) {
    throw new UsageError(
      `--version ${version}: MetalLB before ${oldestKnownRelease} has none of these kinds, it reads a ConfigMap; ${oldestKnownRelease} and later can be judged by`,
    );
  }
}

function clusterOf({ readings }: Snapshot): NonNullable<Surroundings['cluster']> {
  return {
    pools: itemsIfRead(readings.ipAddressPools),
    l2Advertisements: itemsIfRead(readings.l2Advertisements),
    bgpAdvertisements: itemsIfRead(readings.bgpAdvertisements),
    bgpPeers: itemsIfRead(readings.bgpPeers),
    bfdProfiles: itemsIfRead(readings.bfdProfiles),
    communities: itemsIfRead(readings.communities),
    namespaces: itemsIfRead(readings.namespaces),
    nodes: itemsIfRead(readings.nodes),
  };
}

function unreadIn({ readings }: Snapshot): readonly FactName[] {
  return besides.filter((fact) => ['forbidden', 'failed'].includes(readings[fact].state));
}

function servicesOf({ readings }: Snapshot): readonly Service[] {
  return itemsIfRead(readings.services).filter(({ spec }) => spec.type === 'LoadBalancer');
}

function resultOf(
  sets: readonly ValidatedSet[],
  unread: readonly FactName[],
): ValidationReport['result'] {
  const problems = sets.flatMap((set) => set.problems);
  if (problems.some(({ severity }) => severity === 'error')) {
    return 'problems';
  }
  const isUnread =
    unread.length > 0 ||
    sets.some(
      ({ skipped, build }) =>
        build !== undefined || skipped.unreadFiles + skipped.templatesOfMetalLB > 0,
    );
  if (isUnread || sets.every(({ objects }) => Object.keys(objects).length === 0)) {
    return 'unknown';
  }
  return problems.length > 0 ? 'warnings' : 'valid';
}

/** The whole pipe that judges what is built, by what was asked for here. */
function pipeOf({ build }: ValidatedSet, { flags, hasNamespace }: ValidationWish) {
  const asked = [
    ['--version', flags.version],
    ['--bgp-type', flags['bgp-type']],
    ['--metallb-namespace', flags['metallb-namespace']],
    ['--with', flags.with],
    ['-n', hasNamespace ? flags.namespace : undefined],
  ] as const;
  const words = asked.flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, shellWord(value)],
  );
  return build === undefined
    ? undefined
    : [
        `${build} | triage validate -`,
        ...words,
        ...(flags['exit-warn'] ? ['--exit-warn'] : []),
      ].join(' ');
}

function exitOf(result: ValidationReport['result'], countsWarnings: boolean): ExitCode {
  switch (result) {
    case 'valid':
      return Exit.healthy;
    case 'warnings':
      return countsWarnings ? Exit.warnings : Exit.healthy;
    case 'problems':
      return Exit.problem;
    case 'unknown':
      return Exit.unknown;
  }
}
