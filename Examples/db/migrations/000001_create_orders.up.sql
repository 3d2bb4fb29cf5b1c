CREATE TABLE orders (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_no     text        NOT NULL UNIQUE,
    request_key  text        NOT NULL UNIQUE, -- value of the Idempotency-Key header
    status       text        NOT NULL DEFAULT 'accepted',
    total_minor  bigint      NOT NULL,
    currency     char(3)     NOT NULL,
    coupon_code  text,
    ordered_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX orders_ordered_at_idx ON orders (ordered_at);
