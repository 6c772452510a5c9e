/** A page with nothing on it, in the product's own root layout, which brings React Query and the words. */
// biome-ignore lint/style/noDefaultExport: Next takes a page's default export
export default function EmptyPage() {
  return <main id="content">Nothing here</main>;
}
