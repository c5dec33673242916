import { describeTraffic } from './traffic/describe-traffic.ts';

describeTraffic('v0.16.1');
