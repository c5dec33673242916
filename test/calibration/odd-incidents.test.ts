import { blamesNobodyElse } from './blame.ts';

blamesNobodyElse(1);
