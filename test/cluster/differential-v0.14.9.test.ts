import { describeDifferential } from './differential/describe-differential.ts';

describeDifferential('v0.14.9');
