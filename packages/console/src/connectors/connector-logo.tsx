import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import classes from './connector-logo.module.css';

/** The logo of a connector, beside its name; an empty place where there is none that can be shown. */
export function ConnectorLogo({
  of: { logo, logoDark },
  size = 40,
}: {
  of: { logo: string; logoDark: string | null };
  size?: number;
}) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const [broken, setBroken] = useState<readonly string[]>([]);
  const wished = isDark && logoDark ? [logoDark, logo] : [logo];
  const source = wished.find((each) => each && !broken.includes(each));
  return source ? (
    <img
      className={classes.logo}
      src={source}
      alt=""
      referrerPolicy="no-referrer"
      width={size}
      height={size}
      onError={() => setBroken([...broken, source])}
    />
  ) : (
    <span className={classes.logo} style={{ width: size, height: size }} />
  );
}
