import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Variant = 'sick' | 'healthy';
export const VARIANTS: readonly Variant[] = ['sick', 'healthy'];

/** What a recorded incident says of itself, and of the answer it expects. */
export interface Incident {
  readonly name: string;
  readonly directory: string;
  readonly title: string;
  readonly version?: string | null;
  readonly healthyVersion?: string;
  /** RFC 3339: when it was recorded. */
  readonly at: string;
  readonly command: string;
  readonly subject: string | null;
  readonly expect: Readonly<
    Record<Variant, { readonly exit: number; readonly causes: readonly string[] }>
  >;
  /** Why a real API server cannot show it. */
  readonly live?: string;
  /** Why a live reading does not see it: it rests on events that are only in a dump. */
  readonly quiet?: string;
}

export const INCIDENTS = join(import.meta.dirname, '..', 'incidents');

/** Every incident that the repository ships, by name. */
export async function shippedIncidents(): Promise<Incident[]> {
  const entries = await readdir(INCIDENTS, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.sort().map(incidentNamed));
}

/** One variant of one incident, as a test case. */
export interface LiveCase {
  readonly name: string;
  readonly incident: Incident;
  readonly variant: Variant;
}

/** Every variant that an API server can show: a dump that leaves kinds out describes no whole cluster. */
export async function liveCases(): Promise<LiveCase[]> {
  const cases: LiveCase[] = [];
  for (const incident of await shippedIncidents()) {
    for (const variant of VARIANTS) {
      if (
        incident.live === undefined &&
        (await isWholeCluster(join(incident.directory, variant)))
      ) {
        cases.push({ name: incident.name, incident, variant });
      }
    }
  }
  return cases;
}

export async function incidentNamed(name: string): Promise<Incident> {
  const directory = join(INCIDENTS, name);
  const stated = parse(await readFile(join(directory, 'incident.yaml'), 'utf8')) as Incident;
  return { ...stated, name, directory };
}

async function isWholeCluster(directory: string): Promise<boolean> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.yaml'));
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  const text = texts.join('\n');
  const ours = /^ +group: metallb\.io$/m.test(text) ? ['IPAddressPool'] : [];
  return ['Service', 'Node', 'Event', ...ours].every((kind) =>
    new RegExp(`^(  )?kind: ${kind}(List)?$`, 'm').test(text),
  );
}

/** The MetalLB release of a variant, undefined when there is none. */
export function versionOf(incident: Incident, variant: Variant): string | undefined {
  const cured = variant === 'healthy' ? incident.healthyVersion : undefined;
  return cured ?? incident.version ?? undefined;
}
