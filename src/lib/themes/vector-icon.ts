/** Whether the icon also exists as SVG. @param icon the author's file; null = the mark is the icon. */
export function hasVectorIcon({ icon }: { readonly icon: string | null }): boolean {
  return icon === null || icon.endsWith(".svg");
}
