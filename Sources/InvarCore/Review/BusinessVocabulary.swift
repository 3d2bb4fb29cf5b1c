/// What business software is about, in both languages: code names in English what documents name in Japanese.
///
/// One concept a line, in the form of a glossary file; see ``Glossary``.
enum BusinessVocabulary {
    static let text = """
        order	orders	purchase order	注文	受注	発注
        stock	inventory	在庫
        stock movement	inventory movement	ledger	入出庫	台帳	元帳
        allocation	reservation of stock	引当	引き当て
        shipment	shipping	delivery	dispatch	出荷	配送	発送	納品
        payment	payments	charge	charges	billing charge	決済	支払	支払い	課金	入金
        refund	refunds	返金	払い戻し
        invoice	invoices	billing	請求	請求書	インボイス
        price	pricing	unit price	価格	単価	料金
        tax	消費税	税額	課税
        customer	customers	顧客	得意先	取引先
        member	members	membership	会員
        patient	patients	患者
        appointment	appointments	booking	bookings	reservation	reservations	予約
        account	accounts	bank account	口座
        balance	balances	残高
        transfer	transfers	remittance	送金	振込	振替
        loyalty point	point balance	ポイント
        coupon	coupons	voucher	クーポン
        product	products	item master	sku	商品	品目
        catalog	catalogue	カタログ
        cart	basket	カート	買い物かご
        contract	contracts	agreement	契約
        subscription	subscriptions	定期購入	サブスクリプション	購読
        payroll	salary	wage	給与
        attendance	timesheet	勤怠
        employee	employees	staff	従業員	社員	職員
        supplier	vendor	仕入先	仕入
        warehouse	warehouses	倉庫
        sales	revenue	売上
        closing	month end	締め	締め処理	月次締め
        accounting	general ledger	journal entry	会計	仕訳	経理
        settlement	settlements	clearing	精算	清算
        reconciliation	reconcile	突合	照合	消込
        email	mail	e-mail	メール
        notification	notifications	push notification	通知	お知らせ
        upload	uploads	アップロード
        tenant	tenants	テナント
        organisation	organization	company	組織	会社
        permission	権限
        approval	approve	workflow approval	承認	決裁
        audit	audits	監査
        login	sign in	signin	ログイン	サインイン
        inquiry	ticket	support ticket	問い合わせ
        campaign	campaigns	キャンペーン
        diagnosis	diagnoses	prescription	診断	処方	カルテ
        vehicle	vehicles	車両
        device	devices	sensor	端末	機器	センサー
        student	students	学生	生徒
        course	courses	lesson	講座	授業
        claim	claims	insurance claim	保険金	請求案件
        policy holder	insurance policy	保険契約	証券
        trade	trades	execution	約定	取引
        seat	seats	座席
        ticket sale	チケット
        """
}
