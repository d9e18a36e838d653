import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm start` listens unless told otherwise. */
const server = 'http://localhost:3001';

export default defineConfig(({ command }) => {
  // Whoever builds, a test among them, builds what is served: React without its checks.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: import.meta.dirname,
    base: '/console/',
    plugins: [react()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      // Says what each page loads; the budgets read it.
      manifest: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      rolldownOptions: {
        // The kit is all functions and constants, so what the Console does not import may be left out.
        output: {
          codeSplitting: {
            groups: [
              // What every page takes, in few files: they compress better than many.
              { name: 'base', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack)\// },
              { name: 'shell', test: /packages\/console\/src\/(shell\/(?!notice-board)|session\/|frame\/|api\/)/ },
            ],
          },
        },
        treeshake: { moduleSideEffects: [{ test: /packages\/connector-kit\//, sideEffects: false }] },
      },
    },
    server: { proxy: { '/api': server } },
  };
});
