/** Text with its quotes as they were: JSON in a log line and the messages of Argo CD escape them. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\+"/g, '"');
}
