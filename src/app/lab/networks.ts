import { CLASSIFIER_URL } from '../../tasks/avatars/classifier';
import type { Networks } from '../../worker/protocol/commands';
import { chosenTeacher } from './teachers';

/** The networks that a run starts from. Throws TeacherListError. */
export const chosenNetworks = async (): Promise<Networks> => ({
  teacher: await chosenTeacher(),
  judge: { id: CLASSIFIER_URL, url: new URL(CLASSIFIER_URL, document.baseURI).href },
});
