/** Name of the placeholder element, and of its class in HTML, for a formula until Markdown is written. */
export const FORMULA = "tex-formula";
