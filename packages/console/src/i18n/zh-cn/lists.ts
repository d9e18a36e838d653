import type { lists as english } from '../en/lists.ts';
import type { TranslationOf } from '../translation.ts';

/** 各列表共用的文字。 */
export const lists: TranslationOf<typeof english> = {
  pages: '分页',
  page: '第 %{page} 页，共 %{pages} 页',
  pageAlone: '第 %{page} 页',
  about: '约 %{number}',
  atLeast: '超过 %{number}',
  previous: '上一页',
  next: '下一页',
};
