import { useStored } from './use-stored.ts';

/** How many rows a page may have. */
export const pageSizes = [20, 50, 100] as const;
type View = { size: number; columns: string[] | null };

/** How somebody looks at a list: rows on a page, and the names of the columns; remembered per list. */
export function useView(list: string, usual: readonly string[]) {
  const [view, setView] = useStored<View>(`sesame.list.${list}`, { size: pageSizes[0], columns: null }, isView);
  return {
    size: view.size,
    columns: view.columns ?? usual,
    setSize: (size: number) => setView({ ...view, size }),
    setColumns: (columns: string[] | null) => setView({ ...view, columns }),
  };
}

function isView(value: unknown): value is View {
  const { size, columns } = (value ?? {}) as Partial<View>;
  return pageSizes.some((each) => each === size) && (columns === null || Array.isArray(columns));
}
