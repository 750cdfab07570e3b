/** Whether the icon is also there as a drawing. @param icon file of the author's; null when the mark is the icon. */
export function hasVectorIcon({ icon }: { readonly icon: string | null }): boolean {
  return icon === null || icon.endsWith(".svg");
}
