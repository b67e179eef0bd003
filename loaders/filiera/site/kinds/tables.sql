-- short: its label, as printed
select label from tables where id = :key
