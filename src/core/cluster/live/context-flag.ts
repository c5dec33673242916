import type { Access } from './chosen-access.ts';

/** ` --context=lab`, to be appended to a kubectl command line. */
export function contextFlag({ context }: Pick<Access, 'context'>): string {
  return context === undefined ? '' : ` --context=${context}`;
}
