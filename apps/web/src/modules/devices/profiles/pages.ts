export { NewProfilePage } from './new-profile-page.tsx'
export { ProfilePage } from './profile-page.tsx'
export { ProfilesPage } from './profiles-page.tsx'
