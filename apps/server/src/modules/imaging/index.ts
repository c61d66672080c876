export { addCard } from './cards.ts'
export { createClinic } from './clinics.ts'
export { noteImages } from './note-images.ts'
