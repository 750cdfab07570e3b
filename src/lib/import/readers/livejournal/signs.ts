/** Whether a file is from LiveJournal or a related site: the site's own export, or files of ljdump or ljArchive. */
export function isLiveJournal(head: string): boolean {
  const start = head.slice(0, 4000);
  if (/<livejournal[\s>]/.test(start)) return true;
  if (/<event>/.test(start) && /<(?:itemid|ditemid|eventtime)>/.test(head)) return true;
  return /<comments>/.test(start) && /<parentid\s*\/?>/.test(head);
}
