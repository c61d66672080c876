-- Roles of labs that exist already get their part of dental images.
update labs.role set permissions = permissions || array['imaging.view', 'imaging.manage', 'imaging.upload']
  where 'labs.manage_roles' = any (permissions) and not 'imaging.view' = any (permissions);
update labs.role set permissions = permissions || array['imaging.view', 'imaging.manage']
  where 'reports.sign' = any (permissions) and not 'imaging.view' = any (permissions);
update labs.role set permissions = permissions || array['imaging.view']
  where ('reports.complete' = any (permissions) or 'patients.register' = any (permissions)) and not 'imaging.view' = any (permissions);
