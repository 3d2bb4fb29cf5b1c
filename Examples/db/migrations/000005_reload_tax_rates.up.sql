-- 2026-11 の税率表に入れ替える
DELETE FROM tax_rates;

INSERT INTO tax_rates (category, rate_bp) VALUES
    ('standard', 1000),
    ('food', 800),
    ('newspaper', 800),
    ('export', 0);
