/** Keys of the reader's display settings in localStorage. */
export const CHOICES = { theme: "backfence-theme", size: "backfence-size" } as const;

/**
 * The only inline script, first in the head: sets the reader's theme and text size on the root element before the first
 * paint. If storage is blocked, access throws; the error is ignored, since there is no stored choice. The script is
 * constant, because its hash is in the Content Security Policy.
 */
export const themeBoot =
  `try{for(let k of["theme","size"]){let v=localStorage.getItem("backfence-"+k);` +
  `v&&/^[a-z]+$/.test(v)&&(document.documentElement.dataset[k]=v)}}catch{}`;
