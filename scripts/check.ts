import { conclude, runSteps, runVitest, staticSteps, total } from './checks.ts';

const rulesOfTheHouse = ['test/architecture.test.ts', 'test/scripts/generate.test.ts'];
conclude(total([runSteps(staticSteps), runVitest('vitest.config.ts', rulesOfTheHouse)]));
