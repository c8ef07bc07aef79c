-- Locked, so that nothing new can point at them while they go.
select t."id"::text
from {leads} t
where {correlation} = $1
order by 1
limit 100
for update
