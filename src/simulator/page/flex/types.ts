import type { messagingApi } from '@line/bot-sdk';

export type Action = messagingApi.Action;
export type Component = messagingApi.FlexComponent;
export type Box = messagingApi.FlexBox;
export type Text = messagingApi.FlexText;
export type Span = messagingApi.FlexSpan;
export type Button = messagingApi.FlexButton;
export type Image = messagingApi.FlexImage;
export type Icon = messagingApi.FlexIcon;
export type Bubble = messagingApi.FlexBubble;
export type Container = messagingApi.FlexContainer;
export type BlockStyle = messagingApi.FlexBlockStyle;

/** How the parent box lays its children out: `flex` and `margin` mean other things in a row than in a column. */
export type Layout = 'horizontal' | 'vertical' | 'baseline';

/** What the renderer needs from the page around it. */
export type Draw = {
  /** The user chose an action. Web links open by themselves and are reported as well. */
  onAction: (action: Action) => void;
  /** LINE PC follows `altUri.desktop`. */
  isPc: () => boolean;
};
