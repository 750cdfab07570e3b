/** The colour of the paper by day and by night, for what CSS doesn't reach: the browser's own bars, the manifest. */
export const PAPER = { light: "#fbf7ef", dark: "#1a1613" } as const;

/** The accent by day and by night, for pictures made outside CSS: icons, social images. */
export const BRICK = { light: "#95371f", dark: "#f2a98f" } as const;

/** The ink by day and by night. */
export const INK = { light: "#241c16", dark: "#ece4d9" } as const;

/** The ink of what is said in passing. */
export const INK_SOFT = { light: "#5c5045", dark: "#b8ab9c" } as const;
