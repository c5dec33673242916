import { conclude, runSteps, staticSteps } from './checks.ts';

conclude(runSteps(staticSteps));
