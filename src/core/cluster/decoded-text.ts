/** The text of a file: UTF-8, or UTF-16 when it says so, as Windows PowerShell writes whatever is sent to a file. */
export function decodedText(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  const pairs = bytes.subarray(0, bytes.length - (bytes.length % 2));
  if (isLittle) {
    return withoutMark(pairs.toString('utf16le'));
  }
  return withoutMark(isBig ? Buffer.from(pairs).swap16().toString('utf16le') : bytes.toString());
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
