export { MessagePage } from './message-page.tsx'
export { MessagesPage, UndeliveredPage } from './messages-page.tsx'
