import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import { Link, Outlet, useLocation, useMatches } from "@tanstack/react-router";
import { Fragment, lazy, Suspense, useEffect } from "react";
import { UnseenBadge } from "@/features/event-log/UnseenBadge";
import { useSession } from "@/features/session/session";
import { UnheardBadge } from "@/features/voicemails/UnheardBadge";
import { live } from "@/live/store";
import { Loading } from "@/shared/Loading";
import { Logo } from "@/shared/Logo";
import { NoRights } from "@/shared/NoRights";
import { mayOpen } from "./access";
import { ConnectionSign } from "./ConnectionSign";
import { useText } from "./messages";
import { allowedGroups } from "./navigation";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

const DeskChip = lazy(() =>
  import("@/features/agent/DeskChip").then(({ DeskChip }) => ({ default: DeskChip })),
);

function Navigation({ onFollow }: { onFollow?: () => void }) {
  const t = useText();
  const { permissions } = useSession();
  return (
    <nav aria-label={t.navigation.label} className={classes.navigation}>
      {allowedGroups(permissions).map(({ heading, entries }) => (
        <Fragment key={heading}>
          {heading && <p className={classes.heading}>{t.navigationGroups[heading]}</p>}
          {entries.map(({ to, label, icon: Icon }) => (
            <Link
              key={to}
              to={to}
              className={classes.link}
              activeProps={{ className: classes.active, "aria-current": "page" }}
              {...(onFollow ? { onClick: onFollow } : {})}
            >
              <Icon size={20} stroke={1.7} aria-hidden />
              <span>{t.navigation[label]}</span>
              {to === "/event-log" && <UnseenBadge />}
              {to === "/voicemails" && <UnheardBadge />}
            </Link>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}

/** Frame of every page: menu at the left (a drawer on phones), the person's menu, the page. */
export function Shell() {
  const t = useText();
  const { organisation, permissions } = useSession();
  const chip = permissions.includes("agent.desktop") && (
    <Suspense fallback={null}>
      <DeskChip />
    </Suspense>
  );
  const [open, { open: show, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // What the outlet shows: the address is ahead of it while a page is loaded.
  const shown = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? "/" });

  useEffect(() => {
    live.start();
    return () => live.stop();
  }, []);

  return (
    <div className={classes.shell}>
      <a className="skip-link" href="#content">
        {t.skip}
      </a>
      <aside className={classes.side}>
        <Link to="/" className={classes.brand}>
          <Logo size={30} />
          <span>Kwabo</span>
        </Link>
        <Navigation />
        <div className={classes.foot}>
          {chip}
          <ConnectionSign />
          <UserMenu />
        </div>
      </aside>
      <header className={classes.top}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t.menu} onClick={show}>
          <IconMenu2 size={22} />
        </ActionIcon>
        <Link to="/" className={classes.brand} aria-label={`Kwabo, ${organisation.name}`}>
          <Logo size={26} />
          <span>Kwabo</span>
        </Link>
        <div className={classes.grow} />
        {chip}
        <ConnectionSign compact />
        <UserMenu compact />
      </header>
      <Drawer
        opened={open}
        onClose={close}
        size={280}
        title={organisation.name}
        closeButtonProps={{ "aria-label": t.closeMenu }}
      >
        <Navigation onFollow={close} />
      </Drawer>
      <main id="content" tabIndex={-1} className={classes.main} key={pathname.split("/")[1] ?? ""}>
        <Suspense fallback={<Loading />}>
          {mayOpen(shown, permissions) ? <Outlet /> : <NoRights />}
        </Suspense>
      </main>
    </div>
  );
}
