import { conclude, runSteps, runVitest, staticSteps, total } from './checks.ts';

const files = process.argv.slice(2);
const before = files.length === 0 ? [runSteps(staticSteps)] : [];
conclude(total([...before, runVitest('vitest.config.ts', files)]));
