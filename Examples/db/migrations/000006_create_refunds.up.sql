CREATE TABLE refunds (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    charge_id     bigint      NOT NULL REFERENCES charges (id),
    amount_minor  bigint      NOT NULL,
    currency      char(3)     NOT NULL,
    requested_at  timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE orders ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0;
