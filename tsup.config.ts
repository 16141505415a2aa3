import { defineConfig } from 'tsup';

export default defineConfig({
  // The thread of `runCodeSync` is started by its file name.
  entry: ['src/index.ts', 'src/cli/main.ts', 'src/sync/thread.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  outDir: 'dist',
  // A runner can be disposed of; a program whose `lib` does not know that is to compile all the same.
  dts: { entry: 'src/index.ts', banner: '/// <reference lib="esnext.disposable" />' },
  sourcemap: true,
  splitting: true,
  clean: true,
  shims: false,
});
