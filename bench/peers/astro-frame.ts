/** Rewritten versions of what Astro's blog starter has on every page. */

/** Components used on each page of the starter. */
export const STARTER_COMPONENTS = {
  BaseHead: `---
import "../styles/site.css";
import type { ImageMetadata } from "astro";
import { Font } from "astro:assets";
import usual from "../assets/picture-0.jpg";
import { SITE_TITLE } from "../consts";
interface Props { title: string; description: string; image?: ImageMetadata }
const { title, description, image = usual } = Astro.props;
const canonical = new URL(Astro.url.pathname, Astro.site);
---
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width,initial-scale=1" />
<link rel="sitemap" href="/sitemap-index.xml" />
<link rel="alternate" type="application/rss+xml" title={SITE_TITLE} href={new URL("rss.xml", Astro.site)} />
<meta name="generator" content={Astro.generator} />
<Font cssVariable="--font-text" preload />
<link rel="canonical" href={canonical} />
<title>{title}</title>
<meta name="description" content={description} />
<meta property="og:type" content="website" />
<meta property="og:url" content={Astro.url} />
<meta property="og:title" content={title} />
<meta property="og:description" content={description} />
<meta property="og:image" content={new URL(image.src, Astro.url)} />
<meta name="twitter:card" content="summary_large_image" />
`,
  HeaderLink: `---
const { href, class: given, ...rest } = Astro.props;
const [first = ""] = Astro.url.pathname.split("/").filter(Boolean);
const isActive = href === Astro.url.pathname || href === "/" + first;
---
<a href={href} class:list={[given, { active: isActive }]} {...rest}><slot /></a>
<style>
  a { display: inline-block; text-decoration: none; }
  a.active { font-weight: bolder; text-decoration: underline; }
</style>
`,
  SocialLinks: `<div class="social-links">
  {["one", "two", "three"].map((name) => (
    <a href={\`https://\${name}.example/bench\`} target="_blank">
      <span class="sr-only">Bench on {name}</span>
      <svg viewBox="0 0 16 16" aria-hidden="true" width="32" height="32">
        <path fill="currentColor" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 3l2 3h3l-2 3 1 3-4-2-4 2 1-3-2-3h3z" />
      </svg>
    </a>
  ))}
</div>
<style>
  .social-links { display: flex; gap: 1em; }
  .social-links a { color: gray; text-decoration: none; }
</style>
`,
  Header: `---
import { SITE_TITLE } from "../consts";
import HeaderLink from "./HeaderLink.astro";
import SocialLinks from "./SocialLinks.astro";
---
<header>
  <nav>
    <h2><a href="/">{SITE_TITLE}</a></h2>
    <div class="internal-links">
      <HeaderLink href="/">Home</HeaderLink>
      <HeaderLink href="/tags">Tags</HeaderLink>
      <HeaderLink href="/archive">Archive</HeaderLink>
    </div>
    <SocialLinks />
  </nav>
</header>
<style>
  header { padding: 0 1em; }
  nav { display: flex; align-items: center; justify-content: space-between; }
  h2 { margin: 0; font-size: 1em; }
</style>
`,
  Footer: `---
import SocialLinks from "./SocialLinks.astro";
const today = new Date();
---
<footer>&copy; {today.getFullYear()} Bench <SocialLinks /></footer>
<style>
  footer { padding: 2em 1em 6em; text-align: center; }
</style>
`,
  FormattedDate: `---
interface Props { date: Date }
const { date } = Astro.props;
---
<time datetime={date.toISOString()}>
  {date.toLocaleDateString("en-us", { year: "numeric", month: "short", day: "numeric" })}
</time>
`,
} as const;

export const CONSTS = `export const SITE_TITLE = "Bench";
export const SITE_DESCRIPTION = "A made-up blog for measuring.";
`;

/** Layout of all pages. */
export const LAYOUT = `---
import BaseHead from "../components/BaseHead.astro";
import Footer from "../components/Footer.astro";
import Header from "../components/Header.astro";
import { SITE_DESCRIPTION } from "../consts";
interface Props { title: string; description?: string }
const { title, description = SITE_DESCRIPTION } = Astro.props;
---
<!doctype html>
<html lang="en">
  <head>
    <BaseHead title={title} description={description} />
    <style>
      main { width: 720px; max-width: calc(100% - 2em); margin: auto; padding: 1em; }
    </style>
  </head>
  <body>
    <Header />
    <main><slot /></main>
    <Footer />
  </body>
</html>
`;
