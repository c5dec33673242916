import { plainYamlDocuments } from './plain-yaml/plain-yaml.ts';

/** Numbers of a pool's status: 64-bit integers, which would be rounded. */
const poolCount = /^(\s*(?:assigned|available)IPv[46]:\s*)(-?\d+)\s*$/gm;

/**
 * The documents of a YAML stream, with times left the texts they are. What kubectl prints is read by a small
 * parser; the full one is loaded for the rest, and refuses what is no YAML, with file and line.
 */
export async function yamlDocuments(content: string, path: string): Promise<readonly unknown[]> {
  const exact = content.replace(poolCount, '$1"$2"');
  const plain = plainYamlDocuments(exact);
  if (plain !== undefined) {
    return plain;
  }
  const { parseYamlStream } = await import('./parse-yaml.ts');
  return parseYamlStream(exact, path);
}
