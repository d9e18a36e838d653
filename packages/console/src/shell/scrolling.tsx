import { type ReactNode, useEffect, useRef, useState } from 'react';

/** A value of a list of names and values that may be too long to show at once: a keyboard reaches it where it scrolls. */
export function ScrollingValue({ className, children }: { className?: string | undefined; children: ReactNode }) {
  const element = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    const look = () => setScrolls(shown.scrollHeight > shown.clientHeight || shown.scrollWidth > shown.clientWidth);
    // It is looked at once when it begins to be watched, and whenever its lines break anew.
    const watch = new ResizeObserver(look);
    watch.observe(shown);
    return () => watch.disconnect();
  }, []);
  return (
    <dd ref={element} className={className} {...(scrolls && { tabIndex: 0 })}>
      {children}
    </dd>
  );
}
