-- Nothing happens for a lead that is gone.
insert into public.qualifications (organization_id, lead_id, status)
select l.organization_id, l.id, 'processing' from public.leads l where l.id = $1
returning id;
