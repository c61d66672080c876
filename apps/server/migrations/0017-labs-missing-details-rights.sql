-- Roles of labs that exist already get their part of what missing details need.
update labs.role set permissions = permissions || array['missing_details.view']
  where 'patients.view' = any (permissions) and not 'missing_details.view' = any (permissions);
update labs.role set permissions = permissions || array['missing_details.resolve']
  where ('patients.update' = any (permissions) or 'labs.manage_roles' = any (permissions)) and not 'missing_details.resolve' = any (permissions);
update labs.role set permissions = permissions || array['missing_details.configure']
  where 'labs.manage_settings' = any (permissions) and not 'missing_details.configure' = any (permissions);
