import {
  announcersStanding,
  wantedForAnnouncers,
} from '../../../checks/announcers/announcers-standing.ts';
import { noWayToAsk } from '../../../checks/answer/no-way-to-ask.ts';
import { materialFrom } from '../../diagnosis/material.ts';
import { asSeenBy } from '../../diagnosis/installation-for.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import {
  announcersSchemaVersion,
  type AnnouncersReport,
  type AnnouncersStanding,
} from '../../facts/announcers-report.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { ClusterReader } from '../../facts/ports.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { type Aim, aimedCommand, aimedNote } from '../../report/aim.ts';
import { toldMissing } from '../../report/refused.ts';
import { reported } from '../../report/reported.ts';
import { theService, type WantedService } from '../question/service-argument.ts';

/** What is asked, as it was typed. */
export interface AnnouncersQuestion {
  /** Undefined for all Services. */
  readonly service: WantedService | undefined;
  /** Of all Services those of this namespace alone. */
  readonly namespace?: string | undefined;
  readonly version: string;
}

/** Reads everything that decides who announces. */
export async function readAnnouncers(
  world: ClusterReader,
  { service, namespace }: AnnouncersQuestion,
  signal: AbortSignal,
): Promise<Snapshot> {
  return await world.gather(wantedForAnnouncers(service, namespace), signal);
}

/** Who announces what, as it is printed. */
export function announcersReport(
  read: Snapshot,
  { service: wanted, namespace, version }: AnnouncersQuestion,
  aim: Aim,
): AnnouncersReport {
  const service =
    wanted === undefined
      ? undefined
      : theService(wanted, read.readings.services, (key) => `triage announcers ${shellWord(key)}`);
  const snapshot = asSeenBy(read, service);
  const standing = announcersStanding({ snapshot, service, namespace });
  return {
    schemaVersion: announcersSchemaVersion,
    ...reported(
      { command: 'announcers', version, snapshot },
      {
        exitCode: exitOf(standing, { snapshot, service }),
        ...standing,
        notes: standing.notes.map((note) => aimedNote(note, aim)),
        next: nextAfter(standing, { snapshot, service }).map((each) => aimedCommand(each, aim)),
        unknowns: standing.unknowns.map((missing) => toldMissing(missing, aim)),
      },
    ),
  };
}

const mostNext = 3;

/** Who asks why: the Services whose addresses nobody announces, or another than should. */
function nextAfter(
  { addresses, unknowns }: AnnouncersStanding,
  { snapshot, service }: { readonly snapshot: Snapshot; readonly service: Service | undefined },
): readonly string[] {
  if (snapshot.installations.length === 0 && unknowns.length === 0) {
    return ['triage health'];
  }
  if (service !== undefined && addresses.length === 0 && unknowns.length === 0) {
    return noWayToAsk(service, materialFrom(snapshot)).next;
  }
  const troubled = addresses.filter(
    ({ verdict, disagreements }) => verdict !== 'announced' || disagreements.length > 0,
  );
  return [...new Set(troubled.map((each) => each.service))]
    .slice(0, mostNext)
    .map((key) => `triage no-traffic ${shellWord(key)}`);
}

/** A problem is an address of nobody, one announced by another node than computed, and a speaker without configuration. */
function exitOf(
  { addresses, refusing, unknowns }: AnnouncersStanding,
  { snapshot, service }: { readonly snapshot: Snapshot; readonly service: Service | undefined },
): ExitCode {
  if (service !== undefined && addresses.length === 0 && unknowns.length === 0) {
    return isLeftAlone(service, snapshot) ? Exit.healthy : Exit.problem;
  }
  if (
    addresses.some((each) => each.verdict === 'nobody' || each.disagreements.length > 0) ||
    refusing.length > 0
  ) {
    return Exit.problem;
  }
  return unknowns.length > 0 ||
    snapshot.installations.length === 0 ||
    addresses.some(({ verdict }) => verdict === 'uncertain')
    ? Exit.unknown
    : Exit.healthy;
}

/** As `no-traffic` has it: nothing is wrong with a Service that is not MetalLB's to announce. */
function isLeftAlone(service: Service, snapshot: Snapshot): boolean {
  return (
    snapshot.installations.length > 0 &&
    noWayToAsk(service, materialFrom(snapshot)).outcome === 'healthy'
  );
}
