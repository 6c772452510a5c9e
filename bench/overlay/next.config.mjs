import product from '../../../next.config.mjs';

/**
 * The product's own configuration, whose roots are the checkout: the packages are linked from there.
 * Types are checked by `npm run verify`; what stands beside the product here is plain JavaScript.
 * @type {import('next').NextConfig}
 */
// biome-ignore lint/style/noDefaultExport: the tool takes its configuration from the default export
export default { ...product, typescript: { ignoreBuildErrors: true } };
