/** Keys under which a reader's choices are kept in the browser. */
export const CHOICES = { theme: "backfence-theme", size: "backfence-size" } as const;

/**
 * The one inline script, first in the head: puts a reader's choice of theme and text size on the root element before
 * anything is painted. A browser that refuses storage throws: there is no stored choice then, and nothing to report. Its
 * hash is in the Content Security Policy, so it never varies.
 */
export const themeBoot =
  `try{for(let k of["theme","size"]){let v=localStorage.getItem("backfence-"+k);` +
  `v&&/^[a-z]+$/.test(v)&&(document.documentElement.dataset[k]=v)}}catch{}`;
