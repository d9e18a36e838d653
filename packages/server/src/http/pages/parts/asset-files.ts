import { script, stylesheet } from '@sesame/pages';
import type { AppInstance } from '../../app-instance.ts';

/** `/pages/pages.css` and `/pages/pages.js`; their URLs change with their content. */
export function assetFiles(app: AppInstance): void {
  for (const { path, contentType, content } of [stylesheet, script]) {
    app.get(path, (_request, reply) =>
      reply.type(contentType).header('cache-control', 'public, max-age=31536000, immutable').send(content),
    );
  }
}
