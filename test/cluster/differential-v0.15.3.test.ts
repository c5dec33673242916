import { describeDifferential } from './differential/describe-differential.ts';

describeDifferential('v0.15.3');
