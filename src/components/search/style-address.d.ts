/** Address of a style sheet that the page links to itself. */
declare module "*.css?url" {
  const address: string;
  export default address;
}
