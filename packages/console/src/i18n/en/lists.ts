/** What the lists have in common. */
export const lists = {
  pages: 'Pages',
  page: 'Page %{page} of %{pages}',
  pageAlone: 'Page %{page}',
  about: 'About %{number}',
  atLeast: 'More than %{number}',
  previous: 'Previous page',
  next: 'Next page',
} as const;
