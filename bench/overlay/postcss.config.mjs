import { resolve } from 'node:path';

// Class names are looked for in the checkout, as in the product's own build. The copy is no repository: there
// Tailwind would heed no .gitignore and follow the link into all packages.
// biome-ignore lint/style/noDefaultExport: the tool takes its configuration from the default export
export default { plugins: { '@tailwindcss/postcss': { base: resolve('../../..') } } };
