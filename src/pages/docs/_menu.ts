/** The documentation's table of contents: groups of pages, each with its path below `/docs/`, its name and its content. */
export interface DocsGroup {
  readonly title: string;
  readonly pages: readonly (readonly [slug: string, label: string, content: string])[];
}

export const MENU: readonly DocsGroup[] = [
  {
    title: "Begin",
    pages: [
      ["start", "Start", "From nothing to a published post, in ten minutes."],
      ["import", "Import", "Move a blog here from another platform."],
      ["export", "Export", "WordPress XML, JF2, ActivityStreams, Markdown, or a book."],
      ["coming-from", "Coming from", "Hugo, Jekyll, Hexo, Eleventy, Astro, Obsidian."],
      ["publish", "Publish", "Hosts, servers and workflows."],
      ["upgrade", "Upgrade", "New versions of Backfence and Astro."],
      ["troubleshoot", "Troubleshoot", "Every message, with what to do."],
    ],
  },
  {
    title: "Write",
    pages: [
      ["writing", "Write", "Posts, Markdown and MDX, notes, tables, links."],
      ["code", "Code, formulas, diagrams", "Rendered during the build."],
      ["components", "Pictures and components", "Figures, galleries, quotations, surveys, videos."],
      ["front-matter", "Front matter", "All keys of posts, pages, authors and series."],
      ["languages", "Languages", "Blogs and posts in other languages; your own interface texts."],
      ["editor", "Desk and editor", "What is to do, and writing in the browser."],
    ],
  },
  {
    title: "Respond",
    pages: [
      ["conversation", "Choose how people respond", "The options compared, and how to set them up."],
      ["moderating", "Moderate", "Fetch responses; approve or reject them."],
      ["sending", "Send", "Notify the pages that you link to."],
      ["receiver", "The receiver", "A small server for comments, webmentions and trackbacks."],
      ["micropub", "Post from apps", "Micropub apps write posts; sign in with the blog's address."],
      ["feeds", "Feeds", "RSS, Atom and JSON Feed; WebSub; blogroll."],
      ["privacy", "Privacy", "What is stored about people, and how to remove it."],
    ],
  },
  {
    title: "Make it yours",
    pages: [
      ["settings", "Settings", "All keys of content/site.yaml."],
      ["look", "Look", "Colors, logo, type, style sheets."],
      ["themes", "Themes", "Four designs, and how to make your own."],
      ["customise", "Customize", "Own pages, components, plug-ins, islands."],
      ["search", "Search", "What readers can find, and how it works."],
    ],
  },
  {
    title: "Background",
    pages: [
      ["commands", "Commands", "All commands with their options."],
      ["architecture", "Architecture", "How a post becomes a page."],
      ["design", "Design", "The visual design and its reasons."],
      ["decisions", "Decisions", "One page for each decision."],
      ["speed", "Speed", "Measured builds."],
      ["dependencies", "Dependencies", "Each package, its purpose and alternatives."],
    ],
  },
];
