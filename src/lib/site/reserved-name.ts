/** Whether Windows reserves a name for a device: no file or folder can have it there, with any extension. */
export function isReservedName(name: string): boolean {
  return /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i.test(name);
}
