/** Checks that modules imported by posts exist and can be compiled, before the bundler loads them. */
import { statSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../../author-error.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { namesIn } from "../../site/read-text.ts";
import type { BodyImport, Post } from "../model.ts";
import { openProjectModules, type ProjectModules } from "./project-modules.ts";

/** Extensions that Vite adds to imports without one. */
const EXTENSIONS = ["", ".mjs", ".js", ".mts", ".ts", ".jsx", ".tsx", ".json"];

/** Issues for imports of missing files or packages, or of files whose framework is missing. @param root absolute. */
export function checkImports(posts: readonly Post[], root: string): readonly AuthorIssue[] {
  const project = openProjectModules(root);
  return posts.flatMap(({ file, body }) =>
    (body.imports ?? []).flatMap((one) => issueOf(one, file, root, project) ?? []),
  );
}

type Problem = Pick<AuthorIssue, "message" | "hint">;

function issueOf({ from, line }: BodyImport, file: string, root: string, project: ProjectModules): AuthorIssue | null {
  const problem = isPath(from)
    ? problemOfFile(from, targetOf(from, file, root), project)
    : problemOfName(from, file, root, project);
  return problem === null ? null : { ...problem, file, line };
}

function isPath(from: string): boolean {
  return /^\.{0,2}\//.test(from);
}

/** Resolves an import to a file. As in Vite, a path that begins with `/` starts from the project's root. */
function targetOf(from: string, file: string, root: string): string {
  const name = from.replace(/[?#].*$/s, "");
  return name.startsWith("/") ? path.join(root, name) : path.resolve(root, path.dirname(file), name);
}

function problemOfFile(from: string, target: string, project: ProjectModules): Problem | null {
  const found = EXTENSIONS.map((end) => [target + end, path.join(target, `index${end}`)])
    .flat()
    .find(isFile);
  if (found === undefined) return missingFile(from, target);
  const framework = project.missingFrameworkOf(found);
  if (framework === null) return null;
  return {
    message: `${from} needs ${framework.label}, which this project doesn't use`,
    hint: `Add it:\nnpx astro add ${framework.name}`,
  };
}

function problemOfName(from: string, file: string, root: string, project: ProjectModules): Problem | null {
  if (project.has(from, path.join(root, path.dirname(file)))) return null;
  const alias = /^(?:[~#@]\/|[~#])/.exec(from)?.[0];
  if (alias === undefined)
    return {
      message: `This imports a package that isn't installed: ${from}`,
      hint: `Install it, or remove the import and what it's used for:\nnpm install ${packageName(from)}`,
    };
  const near = [from.slice(alias.length)].flatMap((name) => [`src/${name}`, name]).find((name) => isFile(path.join(root, name)));
  const own = near === undefined ? null : path.posix.relative(path.posix.dirname(file), near);
  return {
    message: `This imports by an alias that the project doesn't have: ${from}`,
    hint: `Write the path from the folder of the post, or add the alias to \`paths\` in tsconfig.json.${own === null ? "" : `\nimport … from "${own}";`}`,
  };
}

/** `@scope/name/file` → `@scope/name`. */
function packageName(from: string): string {
  return from.split("/").slice(0, from.startsWith("@") ? 2 : 1).join("/");
}

function isFile(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isFile() ?? false;
}

function missingFile(from: string, target: string): Problem {
  const meant = didYouMean(path.basename(target), namesIn(path.dirname(target)));
  const hint =
    meant === null
      ? "Correct the path, which starts from the folder of the post, or remove the import."
      : `Did you mean “${from.slice(0, from.lastIndexOf("/") + 1)}${meant}”?`;
  return { message: `This imports a file that isn't there: ${from}`, hint };
}
