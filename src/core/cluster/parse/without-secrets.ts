/** Stands where something was taken out. */
export const removed = '(removed)';

/** Words after which YAML, JSON, a list of options or an FRR configuration may hold something secret. */
const secretWord =
  /(?:pass(?:word|wd|phrase)|secret|token|credential|(?:api|private|auth(?:entication)?|message-digest)[-_]?key|key-string)[\w.-]*["']?\s*[:=]?\s*/i;

/**
 * A configuration without what follows a word for something secret: the rest of the line, and the lines
 * that are further in, where YAML goes on with the value.
 */
export function withoutSecrets(content: string): string {
  let within = Infinity;
  return content
    .split('\n')
    .flatMap((line) => {
      const depth = line.search(/[^\s-]/);
      if (depth === -1 || depth > within) {
        return within === Infinity ? [line] : [];
      }
      const word = secretWord.exec(line);
      within = word === null ? Infinity : depth;
      return [word === null ? line : `${line.slice(0, word.index + word[0].length)}${removed}`];
    })
    .join('\n');
}
