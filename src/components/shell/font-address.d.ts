/** The address of the font that `lib/site/fonts.ts` cuts to size. */
declare module "~fonts/literata.woff2?url" {
  const address: string;
  export default address;
}
