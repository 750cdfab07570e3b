/** Size of a PNG in pixels, from its first chunk (https://www.w3.org/TR/png-3/#11IHDR); null for other files. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  const isPng = bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47;
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null;
}
