import { useComputedColorScheme } from '@mantine/core';
import classes from './connector-logo.module.css';

/** The logo of a connector, beside its name. */
export function ConnectorLogo({
  of: { logo, logoDark },
  size = 40,
}: {
  of: { logo: string; logoDark: string | null };
  size?: number;
}) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const source = isDark && logoDark ? logoDark : logo;
  return source ? (
    <img className={classes.logo} src={source} alt="" referrerPolicy="no-referrer" width={size} height={size} />
  ) : (
    <span className={classes.logo} style={{ width: size, height: size }} />
  );
}
