import { factsFrom } from '../../../core/diagnosis/material.ts';
import type { MissingFact } from '../../../core/facts/finding.ts';
import {
  type AddressPath,
  type PathQuestion,
  pathQuestions,
  type PathStep,
} from '../../../core/facts/path.ts';
import { type Announcing, announcingOf } from '../../models/announcing/announcing.ts';
import { announcingHelps, announcingNeeds } from '../../models/announcing/speakers-at-work.ts';
import { addressesIn } from '../../models/services.ts';
import { advertisedStep, poolHolding } from './advertised.ts';
import { announcedStep } from './announced.ts';
import { dataPathStep } from './data-path.ts';
import { eligibleStep } from './eligible.ts';
import { elsewhereStep } from './elsewhere.ts';
import { judgedStep, lackToldBy } from './judged-step.ts';
import { type Known, missingFor, type PathScene, unknownWithout } from './path-scene.ts';
import { wireStep } from './wire.ts';

/** The ways of a Service's addresses, and the facts without which they cannot be drawn. */
export interface Ways {
  readonly paths: readonly AddressPath[];
  readonly missing: readonly MissingFact[];
}

/** The way of every address of the Service, each judged by itself. */
export function waysOf(scene: PathScene): Ways {
  const { installation } = scene.material.background;
  // where there is no MetalLB, nothing of it is missed
  const missing = installation === undefined ? [] : missingFor(announcingNeeds, scene);
  const announcing =
    missing.length > 0
      ? undefined
      : announcingOf(scene.service, factsFrom(scene.material, announcingNeeds, announcingHelps));
  const dark = missing.length > 0 ? unknownWithout(missing) : endsBefore;
  const paths = addressesIn(scene.service).map((address) => {
    const pool = poolHolding(address, scene)?.metadata.name;
    return {
      address,
      pool,
      by: pool === undefined ? [] : (announcing?.by ?? []),
      announcer: announcing?.announcer,
      steps: stepsOf(knownOf(address, { scene, announcing, dark }), { address, scene }),
    };
  });
  return { paths, missing };
}

const endsBefore: Known = { answer: 'not-looked', says: 'not asked: the way ends before' };

interface Background {
  readonly scene: PathScene;
  readonly announcing: Announcing | undefined;
  /** The answer to who announces, where that is not known. */
  readonly dark: Known;
}

function knownOf(
  address: string,
  { scene, announcing, dark }: Background,
): Readonly<Record<PathQuestion, Known>> {
  const advertised = advertisedStep(address, scene, announcing);
  const goesOn = announcing !== undefined && advertised.answer === 'good';
  return {
    advertised,
    eligible: goesOn ? eligibleStep(announcing) : dark,
    announced: goesOn ? announcedStep(address, announcing, scene) : dark,
    wire: wireStep(address, scene, announcing?.by ?? []),
    'data-path': dataPathStep(scene),
    elsewhere: elsewhereStep(scene),
  };
}

/** Who announces is a question only as long as somebody may. */
const dependent: readonly PathQuestion[] = ['eligible', 'announced'];

function stepsOf(
  known: Readonly<Record<PathQuestion, Known>>,
  { address, scene }: { readonly address: string; readonly scene: PathScene },
): readonly PathStep[] {
  const told = new Set<string>();
  const steps: PathStep[] = [];
  for (const question of pathQuestions) {
    const own = known[question];
    const judged = judgedStep(question, own, { address, scene, told });
    const isOver = steps.some(({ answer }) => answer === 'broken');
    const isMoot = isOver && dependent.includes(question) && judged.causes.length === 0;
    const step = isMoot ? { ...judged, ...endsBefore } : judged;
    steps.push(step);
    for (const fact of lackToldBy(step, own, scene)) {
      told.add(fact);
    }
  }
  return steps;
}
