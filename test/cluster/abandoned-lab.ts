import { startLab } from '../testbed/lab.ts';

/** Starts a lab, tells its name, and waits to be killed. */
const lab = await startLab({ metallb: 'v0.15.3', nodes: 1 });
process.stdout.write(`${lab.bed.name}\n`);
setInterval(() => undefined, 60_000);
