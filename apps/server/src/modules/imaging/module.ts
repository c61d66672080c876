import type { Module } from '#platform/module'
import { checkImage } from './check-image.ts'
import { deleteBytes } from './delete-bytes.ts'
import './errors.ts'
import { listBucket } from './list-bucket.ts'
import { patientMerge } from './merge-patient.ts'
import { routes } from './routes.ts'

export const imaging: Module = {
  name: 'imaging',
  routes,
  actions: {
    'imaging.clinic_created': { category: 2100, subject: 'clinic', says: 'Added the dental clinic {name}' },
    'imaging.clinic_changed': { category: 2101, subject: 'clinic', says: 'Changed the dental clinic {name}' },
    'imaging.skipped_reported': { category: 2102, subject: 'clinic', says: 'The clinic\'s agent left out {total} files' },
    'imaging.card_added': { category: 2110, subject: 'clinic', says: 'Card {cardId} is {fullName}\'s' },
    'imaging.card_removed': { category: 2111, subject: 'clinic', says: 'Took card {cardId} from a patient' },
    'imaging.cards_imported': { category: 2112, subject: 'clinic', says: 'Imported {count} cards' },
    'imaging.image_found': { category: 2120, subject: 'image', says: 'An image came in' },
    'imaging.image_ready': { category: 2121, subject: 'image', says: 'Checked and filed the image {name}' },
    'imaging.image_set_aside': { category: 2122, subject: 'image', says: 'Set the image {name} aside: {because}' },
    'imaging.image_gone': { category: 2123, subject: 'image', says: 'The bucket does not have the image {name} any more' },
    'imaging.image_filed': { category: 2124, subject: 'image', says: 'Said that an image set aside ({because}) is {fullName}\'s: {reason}' },
    'imaging.image_discarded': { category: 2125, subject: 'image', says: 'Discarded an image: {reason}' },
    'imaging.check_asked': { category: 2126, subject: 'image', says: 'Asked for another look at an image' },
    'imaging.image_viewed': { category: 2130, subject: 'image', says: 'Looked at a dental image' },
    'imaging.list_viewed': { category: 2131, subject: 'patient', says: 'Looked at the dental images of a patient' },
    'imaging.image_shared': { category: 2132, subject: 'image', says: 'Made a link to a dental image ({what}) for {hours} hours' },
    'imaging.bucket_listed': { category: 2140, subject: 'lab', says: 'Listed the bucket of dental images: {found} new, {gone} gone' },
    'imaging.look_asked': { category: 2141, subject: 'lab', says: 'Asked to list the bucket of dental images' },
  },
  jobs: { 'imaging.check': checkImage, 'imaging.list': listBucket, 'imaging.delete_bytes': deleteBytes },
  merges: { patient: patientMerge },
  constraints: {
    clinic_code: { code: 'platform.already_exists', path: '/code' },
    card_once: { code: 'platform.already_exists', path: '/cardId' },
  },
}
