// npm run calibrate: every recorded incident under every mutation, and docs/calibration.md with what came out.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { calibrationPage } from './calibration/page.ts';
import { names } from '../test/incidents-at-hand.ts';
import { trialOf, type Trial } from '../test/calibration/measure.ts';
import { mutations, untouched } from '../test/calibration/mutations.ts';

const trials: Trial[] = [];
for (const incident of names) {
  for (const mutation of [untouched, ...mutations]) {
    trials.push(await trialOf(incident, 'sick', mutation));
    trials.push(await trialOf(incident, 'healthy', mutation));
  }
}
const page = calibrationPage(trials);
writeFileSync(fileURLToPath(new URL('../docs/calibration.md', import.meta.url)), page);
process.stdout.write(page);
const wrong = trials.filter(({ verdict }) => verdict === 'wrong' || verdict === 'silent');
process.exitCode = wrong.length === 0 ? 0 : 1;
