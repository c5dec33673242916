/** The note that a shared recording carries. */
export const sharedNotice =
  'this recording is shared: names and addresses in it are replaced, equal ones by equal ones';
