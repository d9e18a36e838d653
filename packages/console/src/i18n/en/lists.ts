/** What the lists have in common. */
export const lists = {
  pages: 'Pages',
  page: 'Page %{page} of %{pages}',
  previous: 'Previous page',
  next: 'Next page',
} as const;
