/** The extension of a picture, detected from its first bytes; null for types that the blog can't show. */
export function pictureExtension(bytes: Uint8Array): "jpg" | "png" | "gif" | "webp" | "avif" | "svg" | null {
  const ascii = Buffer.from(bytes.subarray(0, 512)).toString("latin1");
  if (ascii.startsWith("\xFF\xD8\xFF")) return "jpg";
  if (ascii.startsWith("\x89PNG\r\n\x1A\n")) return "png";
  if (/^GIF8[79]a/.test(ascii)) return "gif";
  if (ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WEBP") return "webp";
  if (ascii.slice(4, 12) === "ftypavif") return "avif";
  return /^(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(
    ascii,
  )
    ? "svg"
    : null;
}
