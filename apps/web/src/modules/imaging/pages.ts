export { GalleryPage } from './gallery/gallery-page.tsx'
export { ViewerPage } from './viewer/viewer-page.tsx'
