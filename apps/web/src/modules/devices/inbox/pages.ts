export { InboxPage } from './inbox-page.tsx'
export { MessagePage } from './message-page.tsx'
