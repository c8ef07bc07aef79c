insert into public.leads (organization_id, name, email, company, message, source, correlation_id)
values ($1, $2, $3, $4, $5, $6, $7)
returning id;
