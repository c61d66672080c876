-- What file reports ask of departments and roles.

-- Radiology has rooms of its own for images: only some may turn its reports into files.
alter table labs.department add column radiology boolean not null default false;
create or replace view labs.pub_department with (security_invoker = true) as
  select id, lab_id, code, name, required_sign_rank, sequence, disabled, radiology from labs.department;

-- Roles of labs that exist already: who may do everything may do this too, and the usual roles get their part.
update labs.role set permissions = permissions || array['storage.manage', 'reports.convert', 'reports.convert_radiology']
  where 'labs.manage_roles' = any (permissions) and not 'storage.manage' = any (permissions);
update labs.role set permissions = permissions || array['reports.convert'] where 'reports.complete' = any (permissions) and not 'reports.convert' = any (permissions);
update labs.role set permissions = permissions || array['reports.convert_radiology']
  where 'reports.sign' = any (permissions) and not 'reports.convert_radiology' = any (permissions);
