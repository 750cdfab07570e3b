/** Extension of the files that commands create for posts, notes and pages. */
export const TEXT_EXTENSION = "md";
