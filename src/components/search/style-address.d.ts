/** Address of a style sheet, for pages that add the link themselves. */
declare module "*.css?url" {
  const address: string;
  export default address;
}
