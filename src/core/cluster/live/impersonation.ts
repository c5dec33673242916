import { UsageError } from '../../facts/errors.ts';
import type { LiveSource } from '../cluster-source.ts';
import { filledText, inner, texts, type Raw } from '../parse/fields.ts';

/** The headers of `--as`, `--as-group` and `--as-uid`. */
export interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string | undefined;
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** Whom the flags, or else the kubeconfig's user, want to be taken for. */
export function impersonationOf(source: LiveSource, user: Raw): Impersonation | undefined {
  const byFlag = source.as !== undefined && source.as !== '';
  const name = byFlag ? source.as : filledText(user, 'as');
  const groups = source.asGroups ?? [];
  if (name === undefined) {
    if (groups.length > 0 || (source.asUid ?? '') !== '') {
      throw new UsageError('--as-group and --as-uid need --as: a group alone cannot be taken on');
    }
    return undefined;
  }
  const extra = inner(user, 'as-user-extra');
  return {
    user: name,
    groups: groups.length > 0 || byFlag ? groups : texts(user, 'as-groups'),
    uid: source.asUid ?? (byFlag ? undefined : filledText(user, 'as-uid')),
    extra: new Map(
      byFlag ? [] : Object.keys(extra).map((key) => [key, texts(extra, key)] as const),
    ),
  };
}

/** The impersonation headers of a request. */
export function impersonationHeaders(
  impersonation: Impersonation | undefined,
): Readonly<Record<string, string | readonly string[]>> {
  if (impersonation === undefined) {
    return {};
  }
  const { user, groups, uid, extra } = impersonation;
  return {
    'Impersonate-User': user,
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...Object.fromEntries(
      [...extra].map(([key, values]) => [
        `Impersonate-Extra-${encodeURIComponent(key.toLowerCase())}`,
        values,
      ]),
    ),
  };
}
