import { describeCauses } from './causes/describe-causes.ts';

describeCauses('v0.14.9');
