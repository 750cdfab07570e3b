/** Name of the element, and of the class in HTML, that stands for a formula until Markdown is written. */
export const FORMULA = "tex-formula";
