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
              // What every page takes, in few files: they compress better than many, and each costs a request.
              { name: 'base', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack)\// },
              // Before the languages, which would take what they import with them.
              { name: 'email', test: /connector-kit\/src\/(email|remember)/ },
              // What compares languages is much, and most browsers want one that is there.
              { name: 'languages', test: /intl-localematcher|connector-kit\/src\/locale/ },
              {
                name: 'shell',
                test: /packages\/console\/src\/(shell\/(?!notice-board|use-connector)|session\/|frame\/|api\/)/,
              },
              { name: 'sections', tags: ['$initial'], test: /node_modules|packages\/[\w-]+\/src\/(?!main)/ },
              // What many pages take, but for what the first one does. A field for figures is larger than all of it.
              { name: 'parts', minShareCount: 8, test: /^(?!.*(NumberInput|react-number-format))/ },
            ],
          },
        },
        treeshake: { moduleSideEffects: [{ test: /packages\/connector-kit\//, sideEffects: false }] },
      },
    },
    server: { proxy: { '/api': server } },
  };
});
