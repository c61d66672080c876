/** Why an image is set aside: what the practice reads, and what it can do. Codes go to the lab's server and stay as they are. */
export const reasons = {
  unknown_folder: ['Unknown folder', 'Patients have folders such as P_0000123. Move what belongs to a patient into the right one with Sidexis.'],
  unknown_file: ['Unknown file', 'Images are called 0000_4711.dcm. What is called otherwise is left alone.'],
  unreadable: ['Cannot be read', 'Check the rights of the folder: the agent needs to read it.'],
  not_dicom: ['Not a DICOM file', 'Open the image in Sidexis and export it again.'],
  damaged: ['Damaged file', 'Open the image in Sidexis; restore the file from a backup if Sidexis cannot show it either.'],
  too_large: ['Too large', 'Raise the limit under Folder if this image is meant to be sent.'],
  no_pixels: ['No image inside', 'This DICOM file holds no picture.'],
  no_patient: ['Patient not in Sidexis', 'The folder has a number that no patient of the database has.'],
  patient_deleted: ['Patient deleted in Sidexis', 'Nothing to do, unless the patient was deleted by mistake.'],
  no_card: ['Patient without a card id', 'Enter the card id in Sidexis.'],
  card_shared: ['One card, two patients', 'Two patients of Sidexis have this card id. Correct one, or merge them.'],
  cards_disagree: ["The patient's cards lead to two people",
    "The lab knows this patient's cards as those of different patients. One side must be corrected."],
  unresolved: ['Card unknown to the lab', 'The lab has no patient with this card. It is asked again later.'],
  ambiguous: ['Card of two patients at the lab', 'The lab has two patients with this card and must correct one.'],
  no_image_row: ['Image not in Sidexis', 'Sidexis has no record of this image.'],
  image_of_another: ['Image of another patient', "Sidexis has this image under another patient than the folder's."],
  image_deleted: ['Image deleted in Sidexis', 'Nothing to do.'],
  image_hidden: ['Image hidden in Sidexis', 'Nothing to do, unless it should be shown.'],
  image_outsourced: ['Image moved out of pdata', 'Sidexis keeps this image elsewhere; insource it to have it sent.'],
  no_identity: ['No patient inside', 'The file names no patient, so nothing shows that it is in the right folder.'],
  name_differs: ['Another name inside', 'The file names another person than Sidexis does for this folder.'],
  birth_date_differs: ['Another birth date inside', 'The file has another birth date than Sidexis has for this folder.'],
  card_of_another: ["Another patient's card inside", 'The file carries the card id of another patient.'],
  duplicate: ['Sent before', 'The same image of the same patient was sent under another number.'],
  of_two_patients: ['Same image at two patients', 'The very same file was sent for another patient. A person must decide whose it is.'],
  refused: ["Refused by the lab's server", 'See the detail; ask the lab.'],
  by_the_lab: ['Set aside by the lab', 'The lab looks at it; see the detail.'],
  removed_by_lab: ['Removed at the lab', 'It was sent, and the lab took it out.'],
} as const satisfies Record<string, readonly [title: string, advice: string]>

export type Reason = keyof typeof reasons

/** Set aside: not filed under anybody, with a reason and what was found. */
export interface SetAside {
  reason: Reason
  detail: string
}
