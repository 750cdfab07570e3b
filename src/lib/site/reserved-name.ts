/** Whether Windows keeps a name for a device: no file or folder there can have it, whatever its ending. */
export function isReservedName(name: string): boolean {
  return /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i.test(name);
}
