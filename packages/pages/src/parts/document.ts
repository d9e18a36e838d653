import { script, stylesheet } from '../assets.ts';
import { brandStyle } from '../brand-colors.ts';
import { type Html, html } from '../html.ts';
import { directionOf } from '../language.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { Brand, PageContext, Support } from '../view-models/page.ts';
import { outside } from './page-head.ts';

/** A page as a whole. */
export type DocumentParts = {
  title: string;
  content: Html;
  /** Whether something has to be put right; the title says so first, for those who hear it. */
  hasProblem?: boolean | undefined;
  /** Wider than a form. */
  isWide?: boolean | undefined;
};

/** Makes a complete HTML document. */
export function htmlDocument(context: PageContext, { title, content, hasProblem, isWide }: DocumentParts): string {
  const { language, brand, colors, customStylesheet, nonce } = context;
  const t = translator(context);
  const shown = hasProblem ? t('error', { title }) : title;
  const scheme = colors.isDarkModeEnabled ? 'light dark' : 'light';
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"${!colors.isDarkModeEnabled && html` data-dark="off"`}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="${scheme}">
    <meta name="robots" content="noindex">
    <meta name="format-detection" content="telephone=no">
    <title>${brand.name ? `${shown} · ${brand.name}` : shown}</title>
    ${icons(brand, colors.isDarkModeEnabled)}
    <link rel="stylesheet" href="${stylesheet.url}">
    <style nonce="${nonce}">${{ markup: brandStyle(colors) }}</style>
    ${customStylesheet !== undefined && html`<link rel="stylesheet" href="${customStylesheet}">`}
    <script src="${script.url}" defer></script>
  </head>
  <body>
    ${header(brand, colors.isDarkModeEnabled)}
    <main${isWide && html` class="wide"`}>
      ${content}
    </main>
    ${supportLinks(t, context.support)}
  </body>
</html>
`.markup;
}

/** A browser takes the last one that fits. */
function icons({ favicon, darkFavicon, logoUrl }: Brand, isDarkModeEnabled: boolean): Html {
  return html`<link rel="icon" href="${favicon ?? logoUrl ?? 'data:,'}">${isDarkModeEnabled && darkFavicon ? html`<link rel="icon" href="${darkFavicon}" media="(prefers-color-scheme: dark)">` : false}`;
}

function header({ name, logoUrl, darkLogoUrl }: Brand, isDarkModeEnabled: boolean): Html | undefined {
  if (logoUrl) {
    return html`<header>
      <picture>${isDarkModeEnabled && darkLogoUrl ? html`<source srcset="${darkLogoUrl}" media="(prefers-color-scheme: dark)">` : false}<img src="${logoUrl}" alt="${name}"></picture>
    </header>`;
  }
  return name ? html`<header><p class="brand">${name}</p></header>` : undefined;
}

/** Where people find help; an address is read from the left. */
function supportLinks(t: Translate, support: Support | undefined): Html | undefined {
  const { supportEmail = null, supportWebsiteUrl = null } = support ?? {};
  if (supportEmail === null && supportWebsiteUrl === null) return undefined;
  return html`<footer class="support">
      ${supportWebsiteUrl !== null && outside(supportWebsiteUrl, t('support.website'))}
      ${supportEmail !== null && html`<a href="mailto:${supportEmail}"><bdi dir="ltr">${supportEmail}</bdi></a>`}
    </footer>`;
}
