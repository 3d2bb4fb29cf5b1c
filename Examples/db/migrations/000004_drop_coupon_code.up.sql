-- クーポン機能の終了に伴い列を落とす（ADR-0005）
ALTER TABLE orders DROP COLUMN coupon_code;
