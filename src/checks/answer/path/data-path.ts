import { factsFrom } from '../../../core/diagnosis/material.ts';
import type { Endpoint } from '../../../core/facts/kube-objects.ts';
import { canServe, isLocal } from '../../../core/metallb/election/serving.ts';
import { type Known, missingFor, type PathScene, unknownWithout } from './path-scene.ts';
import { someOf } from '../../../core/facts/in-words.ts';

const needs = ['endpointSlices'] as const;

/** Does what lies behind the announcing node work? */
export function dataPathStep(scene: PathScene): Known {
  const missing = missingFor(needs, scene);
  if (missing.length > 0) {
    return unknownWithout(missing);
  }
  const { metadata } = scene.service;
  const { endpointSlices } = factsFrom(scene.material, needs, []);
  const endpoints = endpointSlices
    .filter(
      (slice) =>
        slice.metadata.namespace === metadata.namespace &&
        slice.metadata.labels['kubernetes.io/service-name'] === metadata.name,
    )
    .flatMap((slice) => slice.endpoints);
  const serving = endpoints.filter(canServe);
  if (serving.length === 0) {
    const says =
      endpoints.length === 0 ? 'it has no endpoint' : `none of ${all(endpoints)} is ready`;
    return { answer: 'broken', says };
  }
  const isEnding = serving.every(({ ready }) => ready === false);
  const how = isEnding ? 'still serve, and none is ready' : 'ready';
  const policy = isLocal(scene.service) ? '; traffic stays on its node (Local)' : '';
  return {
    answer: 'good',
    says: `${serving.length} of ${all(endpoints)} ${how}${placesOf(serving)}${policy}`,
  };
}

function all(endpoints: readonly Endpoint[]): string {
  return `${endpoints.length} endpoint${endpoints.length === 1 ? '' : 's'}`;
}

function placesOf(endpoints: readonly Endpoint[]): string {
  const places = [...new Set(endpoints.flatMap(({ nodeName }) => nodeName ?? []))].toSorted();
  return places.length === 0 ? '' : `, on ${someOf(places)}`;
}
