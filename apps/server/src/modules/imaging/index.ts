export { addCard } from './cards.ts'
export { createClinic, listClinics } from './clinics.ts'
export { noteImages } from './note-images.ts'
