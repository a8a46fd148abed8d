import type { NextConfig } from 'next';
import { join } from 'node:path';

/** A folder of files that any static host serves; types and lint are checked by their own targets. */
const config: NextConfig = {
  output: 'export',
  trailingSlash: true,
  basePath: process.env['ENGRAM_BASE_PATH'] ?? '',
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '..', '..') },
  devIndicators: false,
};

export default config;
