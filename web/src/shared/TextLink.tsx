import { Anchor, type AnchorProps } from "@mantine/core";
import { createLink, type LinkComponent } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, forwardRef } from "react";

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & AnchorProps;

const Text = forwardRef<HTMLAnchorElement, Props>((props, ref) => (
  <Anchor ref={ref} inherit {...props} />
));
Text.displayName = "TextLink";

const Made = createLink(Text);

/** A link of the application in running text or a table. */
export const TextLink: LinkComponent<typeof Text> = (props) => <Made {...props} />;
