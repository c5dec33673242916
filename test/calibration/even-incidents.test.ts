import { blamesNobodyElse } from './blame.ts';

blamesNobodyElse(0);
