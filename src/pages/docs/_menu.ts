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
      ["import", "Import", "Bring a blog along from another platform."],
      ["publish", "Publish", "Hosts, servers and workflows."],
      ["upgrade", "Upgrade", "New versions of Backfence and Astro."],
      ["troubleshoot", "Troubleshoot", "Every message, found by its text, with what to do."],
    ],
  },
  {
    title: "Write",
    pages: [
      ["writing", "Write", "Posts, Markdown and MDX, notes, tables, links."],
      ["code", "Code, formulas, diagrams", "Drawn while the blog is built."],
      ["components", "Pictures and components", "Figures, galleries, quotations, surveys, films."],
      ["front-matter", "Front matter", "All keys of posts, pages, authors and series."],
      ["languages", "Languages", "Blogs and posts in other languages; words of your own."],
    ],
  },
  {
    title: "Respond",
    pages: [
      ["conversation", "Choose how people respond", "Nine ways, what they cost, how to set them up."],
      ["moderating", "Moderate", "Fetch responses and decide about them."],
      ["sending", "Send", "Notify the pages that you link to."],
      ["receiver", "The receiver", "A small server for comments, webmentions and trackbacks."],
      ["feeds", "Feeds", "RSS, Atom and JSON Feed; WebSub; blogroll."],
      ["privacy", "Privacy", "What is stored of people, and how it's removed."],
    ],
  },
  {
    title: "Make it yours",
    pages: [
      ["settings", "Settings", "All keys of content/site.yaml."],
      ["look", "Look", "Colors, logo, type, style sheets."],
      ["themes", "Themes", "Four designs, and how to make one."],
      ["customise", "Customize", "Own pages, components, plug-ins, islands."],
      ["search", "Search", "What is found, and how."],
    ],
  },
  {
    title: "Know more",
    pages: [
      ["commands", "Commands", "All commands with their options."],
      ["architecture", "Architecture", "How a post becomes a page."],
      ["design", "Design", "What the pages look like, and why."],
      ["decisions", "Decisions", "One page for each decision."],
      ["speed", "Speed", "Measured builds."],
      ["dependencies", "Dependencies", "Each package, what it's for, what was passed over."],
    ],
  },
];
