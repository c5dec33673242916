import type { Check } from '../../core/diagnosis/check.ts';
import { oneNodeAnswers } from './one-node-answers.ts';
import { onlyNodesAnswer } from './only-nodes-answer.ts';
import { somebodyAnswers } from './somebody-answers.ts';
import { theApplicationAnswers } from './the-application-answers.ts';
import { theElectedNodeAnswers } from './the-elected-node-answers.ts';
import { theLookTellsEnough } from './the-look-tells-enough.ts';
import { thePortsAreOpen } from './the-ports-are-open.ts';

/** Every check on what was seen on the wire, in the order in which they are asked. */
export const wireChecks: readonly Check[] = [
  somebodyAnswers,
  onlyNodesAnswer,
  oneNodeAnswers,
  theElectedNodeAnswers,
  thePortsAreOpen,
  theApplicationAnswers,
  theLookTellsEnough,
];
