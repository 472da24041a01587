import { copy } from './copy.ts';
import { button, h } from './element.ts';
import { isWeb } from './flex/tappable.ts';
import type { Action } from './flex/types.ts';
import { pick } from './picker.ts';
import { sheet } from './sheet.ts';
import { toast } from './toast.ts';

export type Chatting = {
  say(text: string): void;
  postback(data: string, displayText?: string, params?: Record<string, string>): void;
  /** Opens the keyboard with these words in the input. */
  type(text: string): void;
  isPc(): boolean;
};

/** Does what a tap on an action does in LINE. Web links are real links and open by themselves. */
export function perform(action: Action, chatting: Chatting): void {
  switch (action.type) {
    case 'message':
      chatting.say(action.text ?? '');
      return;
    case 'postback':
      chatting.postback(action.data ?? '', action.displayText ?? action.text);
      if (action.inputOption === 'openKeyboard') chatting.type(action.fillInText ?? '');
      return;
    case 'uri':
      if (!isWeb(action.uri)) openOther(action.uri ?? '');
      return;
    case 'clipboard':
      if (chatting.isPc()) toast('PC版のLINEではコピーのボタンが使えません');
      else void copy(action.clipboardText);
      return;
    case 'datetimepicker':
      if (chatting.isPc()) toast('PC版のLINEでは日時を選べません');
      else pick(action, (params) => chatting.postback(action.data ?? '', undefined, params));
      return;
    case 'camera':
    case 'cameraRoll':
    case 'location':
    case 'richmenuswitch':
      toast('お試し画面では使えない機能です');
      return;
    default:
      toast(`知らない操作です: ${String((action satisfies never as { type?: unknown }).type)}`);
  }
}

/** `tel:` asks and does not dial: this is a try-out, and the number may be a real one. */
function openOther(uri: string): void {
  if (!uri.toLowerCase().startsWith('tel:')) {
    toast('LINEアプリの中だけで開けるリンクです');
    return;
  }
  const number = uri.slice(4);
  sheet('電話をかける画面が開きます', (close) => [
    h('p', '', number),
    h('p', 'note', 'お試し画面なので、実際には電話をかけません。'),
    button('', '番号をコピーする', () => {
      void copy(number);
      close();
    }),
  ]);
}
