/**
 * Why a file could not be read or written, in the system's own words and without the path in them: whoever tells it names
 * the path as the person typed it.
 */
export function fileFailure(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.startsWith('ENOENT: ')) {
    return 'there is no such file or directory';
  }
  return /^[A-Z][A-Z0-9]+: (.+?), [a-z]+(?: '[^]*)?$/.exec(message)?.[1] ?? message;
}
