import { asRaw, filledText, inner } from '../parse/fields.ts';
import type { ApiClient } from './api-client.ts';

const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };

/**
 * The user that the server takes us for, as RBAC names it: `system:serviceaccount:ops:triage`. Nothing is
 * stored by asking. Undefined where that is not served (Kubernetes before v1.28) or not allowed.
 */
export async function whoWeAre(client: ApiClient): Promise<string | undefined> {
  const answer = await client.get({
    path: `/apis/${review.apiVersion}/selfsubjectreviews`,
    question: review,
    cost: 'other',
    read: (body) => inner(inner(asRaw(JSON.parse(body)), 'status'), 'userInfo'),
  });
  return answer.kind === 'ok' ? filledText(answer.value, 'username') : undefined;
}
