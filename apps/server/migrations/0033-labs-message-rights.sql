-- Roles of labs that exist already get their part of what messages need.
update labs.role set permissions = permissions || array['communications.manage', 'communications.view', 'communications.send', 'communications.consent']
  where 'labs.manage_roles' = any (permissions) and not 'communications.manage' = any (permissions);
update labs.role set permissions = permissions || array['communications.view', 'communications.send', 'communications.consent']
  where 'patients.register' = any (permissions) and not 'communications.view' = any (permissions);
