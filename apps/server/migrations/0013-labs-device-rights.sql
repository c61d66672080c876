-- Roles of labs that exist already get their part of what instruments need.
update labs.role set permissions = permissions || array['devices.view', 'devices.manage', 'devices.release', 'devices.send']
  where 'labs.manage_roles' = any (permissions) and not 'devices.view' = any (permissions);
update labs.role set permissions = permissions || array['devices.view', 'devices.release']
  where 'reports.complete' = any (permissions) and not 'devices.view' = any (permissions);
update labs.role set permissions = permissions || array['devices.manage']
  where 'reports.sign' = any (permissions) and not 'devices.manage' = any (permissions);
