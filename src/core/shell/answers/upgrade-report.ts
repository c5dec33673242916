import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import {
  type UpgradePreview,
  type UpgradeReport,
  upgradeSchemaVersion,
} from '../../facts/upgrade.ts';
import { aimedCommand, type Aim } from '../../report/aim.ts';
import { toldMissing } from '../../report/refused.ts';
import { exitOfSignal, type StoppedBy } from '../failure.ts';

/** The preview as a document. */
export function upgradeReport(
  upgrade: UpgradePreview,
  snapshot: Snapshot,
  about: { readonly version: string; readonly stoppedBy: StoppedBy | undefined },
): UpgradeReport {
  const { target, takenAt, installations, receipt, interrupted, notices = [] } = snapshot;
  return {
    schemaVersion: upgradeSchemaVersion,
    tool: { name: 'triage', version: about.version },
    command: 'upgrade',
    target,
    takenAt,
    installation: installations[0],
    exitCode: about.stoppedBy === undefined ? exitOf(upgrade) : exitOfSignal(about.stoppedBy),
    upgrade,
    notices,
    receipt,
    interrupted,
  };
}

function exitOf({ outcome }: UpgradePreview): ExitCode {
  switch (outcome) {
    case 'safe':
      return Exit.healthy;
    case 'breaks':
      return Exit.problem;
    case 'unknown':
      return Exit.unknown;
  }
}

/** Every command in it goes to the cluster that was asked. */
export function aimedUpgrade(upgrade: UpgradePreview, aim: Aim): UpgradePreview {
  return {
    ...upgrade,
    changes: upgrade.changes.map((change) => ({
      ...change,
      before: change.before.map(({ command, ...rest }) =>
        command === undefined ? rest : { ...rest, command: aimedCommand(command, aim) },
      ),
    })),
    unknowns: upgrade.unknowns.map((missing) => toldMissing(missing, aim)),
  };
}
