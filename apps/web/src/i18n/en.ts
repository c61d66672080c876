import account from '../modules/account/en.json'
import activity from '../modules/activity/en.json'
import catalog from '../modules/catalog/en.json'
import communications from '../modules/communications/en.json'
import devices from '../modules/devices/en.json'
import imaging from '../modules/imaging/en.json'
import integrations from '../modules/integrations/en.json'
import labs from '../modules/labs/en.json'
import home from '../modules/home/en.json'
import antibiogram from '../modules/molecular/antibiogram/en.json'
import molecular from '../modules/molecular/en.json'
import reports from '../modules/reports/en.json'
import missingDetails from '../modules/missing-details/en.json'
import molecularEntry from '../modules/molecular/entry/en.json'
import patients from '../modules/patients/en.json'
import billing from '../modules/billing/en.json'
import storage from '../modules/storage/en.json'
import shell from '../shell/en.json'
import signIn from '../sign-in/en.json'
import ui from '../ui/en.json'
import common from './en.json'

/** The English words, one file per module; the name is the namespace: `useTranslation('home')`. */
export const english = {
  common, shell, ui, signIn, account, activity, antibiogram, catalog, communications, devices, imaging, integrations, labs, home, molecular, molecularEntry, reports,
  'missing-details': missingDetails, patients, billing, storage,
}
