import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/cli/main.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  outDir: 'dist',
  dts: { entry: 'src/index.ts' },
  sourcemap: true,
  splitting: true,
  clean: true,
  shims: false,
});
