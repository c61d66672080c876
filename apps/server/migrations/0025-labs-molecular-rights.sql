-- Roles of labs that exist already get their part of what molecular work needs.
update labs.role set permissions = permissions || array['molecular.view', 'molecular.manage']
  where 'labs.manage_roles' = any (permissions) and not 'molecular.view' = any (permissions);
update labs.role set permissions = permissions || array['molecular.view']
  where 'reports.enter' = any (permissions) and not 'molecular.view' = any (permissions);
update labs.role set permissions = permissions || array['molecular.manage']
  where 'reports.sign' = any (permissions) and not 'molecular.manage' = any (permissions);
