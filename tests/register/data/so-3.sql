BEGIN TRANSACTION;
CREATE TABLE register_book (
	id TEXT NOT NULL, 
	place TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "register_book" VALUES('dbd364883574350a','so.sqlite3');
CREATE TABLE register_entry (
	khoa TEXT NOT NULL, 
	so INTEGER NOT NULL, 
	don_vi TEXT NOT NULL, 
	nam INTEGER NOT NULL, 
	chuoi TEXT NOT NULL, 
	ngay DATE, 
	ky_hieu TEXT NOT NULL, 
	loai TEXT NOT NULL, 
	trich_yeu TEXT NOT NULL, 
	trang_thai TEXT NOT NULL, 
	reserved_at DATETIME NOT NULL, 
	issued_at DATETIME, 
	voided_at DATETIME, 
	void_reason TEXT, 
	nguoi_ky TEXT DEFAULT '' NOT NULL, 
	noi_nhan TEXT DEFAULT '' NOT NULL, 
	don_vi_luu TEXT DEFAULT '' NOT NULL, 
	so_ban INTEGER, 
	ghi_chu TEXT DEFAULT '' NOT NULL, 
	so_phu TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (khoa), 
	CONSTRAINT register_number_given_once UNIQUE (don_vi, nam, chuoi, so, so_phu), 
	FOREIGN KEY(don_vi, nam, chuoi) REFERENCES register_series (don_vi, nam, chuoi), 
	CONSTRAINT register_number_from_one CHECK (so >= 1), 
	CONSTRAINT register_state_known CHECK (trang_thai in ('reserved', 'issued', 'void')), 
	CONSTRAINT register_void_has_reason CHECK (trang_thai <> 'void' or void_reason is not null)
);
INSERT INTO "register_entry" VALUES('dot/xa/a',1,'pcth',2026,'','2026-04-06','PCTH-KD','cong-van','phối hợp tuyên truyền','issued','2026-04-01 08:30:00.000000','2026-04-01 08:30:00.000000',NULL,NULL,'','UBND xã Đa Lộc','',NULL,'','');
INSERT INTO "register_entry" VALUES('dot/xa/b',2,'pcth',2026,'','2026-04-06','PCTH-KD','cong-van','phối hợp tuyên truyền','void','2026-04-01 08:30:00.000000',NULL,'2026-04-01 08:30:00.000000','ghi nhầm','','UBND xã Đa Lộc','',NULL,'','');
INSERT INTO "register_entry" VALUES('dot/xa/c',3,'pcth',2026,'','2026-04-06','PCTH-KD','cong-van','thực hiện Quyết định số 18','reserved','2026-04-01 08:30:00.000000',NULL,NULL,NULL,'','UBND xã Đa Lộc','',NULL,'','');
INSERT INTO "register_entry" VALUES('dot/xa/d',1,'pcth',2026,'mat','2026-04-06','PCTH-KD','cong-van','bảo vệ trụ sở','reserved','2026-04-01 08:30:00.000000',NULL,NULL,NULL,'','Công an tỉnh Mẫu','',NULL,'','');
CREATE TABLE register_letter (
	khoa TEXT NOT NULL, 
	dot TEXT NOT NULL, 
	khoa_so TEXT DEFAULT '' NOT NULL, 
	trang_thai TEXT NOT NULL, 
	ngay DATE, 
	thu_muc TEXT DEFAULT '' NOT NULL, 
	docx TEXT DEFAULT '' NOT NULL, 
	docx_sha256 TEXT DEFAULT '' NOT NULL, 
	pdf TEXT DEFAULT '' NOT NULL, 
	pdf_sha256 TEXT DEFAULT '' NOT NULL, 
	trang INTEGER, 
	du_lieu_sha256 TEXT DEFAULT '' NOT NULL, 
	mau_sha256 TEXT DEFAULT '' NOT NULL, 
	tep_dot TEXT DEFAULT '' NOT NULL, 
	lien_quan TEXT DEFAULT '' NOT NULL, 
	quan_he TEXT DEFAULT '' NOT NULL, 
	ly_do TEXT DEFAULT '' NOT NULL, 
	issued_at DATETIME, 
	delivered_at DATETIME, 
	du_lieu BLOB, 
	PRIMARY KEY (khoa)
);
INSERT INTO "register_letter" VALUES('dot/xa/a','dot','dot/xa/a','da-ban-hanh',NULL,'out/dot','1-xa/001.docx','0000000000000000000000000000000000000000000000000000000000000000','','',NULL,'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','','','','','','2026-04-01 08:30:00.000000',NULL,X'789CABAE0500017500F9');
CREATE TABLE register_same (
	khoa TEXT NOT NULL, 
	khoa_cu TEXT NOT NULL, 
	PRIMARY KEY (khoa)
);
CREATE TABLE register_series (
	don_vi TEXT NOT NULL, 
	nam INTEGER NOT NULL, 
	chuoi TEXT NOT NULL, 
	bat_dau INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	PRIMARY KEY (don_vi, nam, chuoi)
);
INSERT INTO "register_series" VALUES('pcth',2026,'',1,'2026-04-01 08:30:00.000000');
INSERT INTO "register_series" VALUES('pcth',2026,'mat',1,'2026-04-01 08:30:00.000000');
CREATE TABLE register_trail (
	number INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	run TEXT NOT NULL, 
	act TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	change TEXT NOT NULL, 
	previous_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "register_trail" VALUES(1,'2026-04-01T08:30:00.000000+00:00','vanthu','','open','["pcth", 2026, ""]','{"don_vi": [null, "pcth"], "nam": [null, 2026], "bat_dau": [null, 1], "opened_at": [null, "2026-04-01T08:30:00+00:00"]}','0000000000000000000000000000000000000000000000000000000000000000','03ace646a4c8c50c4aa069559e58f3a0bada25e2fdf0943b3351ee63a62811f3');
INSERT INTO "register_trail" VALUES(2,'2026-04-01T08:30:00.000000+00:00','vanthu','','reserve','dot/xa/a','{"khoa": [null, "dot/xa/a"], "so": [null, 1], "don_vi": [null, "pcth"], "nam": [null, 2026], "ngay": [null, "2026-04-06"], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "phối hợp tuyên truyền"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2026-04-01T08:30:00+00:00"], "noi_nhan": [null, "UBND xã Đa Lộc"]}','03ace646a4c8c50c4aa069559e58f3a0bada25e2fdf0943b3351ee63a62811f3','c1009a37d06b5469ff8fe49961b8f2534341e65d831793a1a445d1055d4ae1de');
INSERT INTO "register_trail" VALUES(3,'2026-04-01T08:30:00.000000+00:00','vanthu','','reserve','dot/xa/b','{"khoa": [null, "dot/xa/b"], "so": [null, 2], "don_vi": [null, "pcth"], "nam": [null, 2026], "ngay": [null, "2026-04-06"], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "phối hợp tuyên truyền"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2026-04-01T08:30:00+00:00"], "noi_nhan": [null, "UBND xã Đa Lộc"]}','c1009a37d06b5469ff8fe49961b8f2534341e65d831793a1a445d1055d4ae1de','a3d0f6faa54eef33c1420219220586cfd88ced3b91af1a2eb2a714c795a25fc0');
INSERT INTO "register_trail" VALUES(4,'2026-04-01T08:30:00.000000+00:00','vanthu','','reserve','dot/xa/c','{"khoa": [null, "dot/xa/c"], "so": [null, 3], "don_vi": [null, "pcth"], "nam": [null, 2026], "ngay": [null, "2026-04-06"], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "thực hiện Quyết định số 18"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2026-04-01T08:30:00+00:00"], "noi_nhan": [null, "UBND xã Đa Lộc"]}','a3d0f6faa54eef33c1420219220586cfd88ced3b91af1a2eb2a714c795a25fc0','e53585f1fc787387d179247b44c058ea117a39e31e7e0004755f4007906566d4');
INSERT INTO "register_trail" VALUES(5,'2026-04-01T08:30:00.000000+00:00','vanthu','','issue','dot/xa/a','{"trang_thai": ["reserved", "issued"], "issued_at": [null, "2026-04-01T08:30:00+00:00"]}','e53585f1fc787387d179247b44c058ea117a39e31e7e0004755f4007906566d4','c5d547c9973d02693f28c8d8b7f0c793b38faead02be11027b6b8253eab6531c');
INSERT INTO "register_trail" VALUES(6,'2026-04-01T08:30:00.000000+00:00','vanthu','','seal','dot/xa/a','{"khoa": [null, "dot/xa/a"], "dot": [null, "dot"], "trang_thai": [null, "da-ban-hanh"], "khoa_so": [null, "dot/xa/a"], "thu_muc": [null, "out/dot"], "docx": [null, "1-xa/001.docx"], "docx_sha256": [null, "0000000000000000000000000000000000000000000000000000000000000000"], "du_lieu_sha256": [null, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"], "issued_at": [null, "2026-04-01T08:30:00+00:00"]}','c5d547c9973d02693f28c8d8b7f0c793b38faead02be11027b6b8253eab6531c','a35d2be8faffa1d8b48925430b19e94908d5175aae8919e98f5d7a615889781a');
INSERT INTO "register_trail" VALUES(7,'2026-04-01T08:30:00.000000+00:00','vanthu','','void','dot/xa/b','{"trang_thai": ["reserved", "void"], "voided_at": [null, "2026-04-01T08:30:00+00:00"], "void_reason": [null, "ghi nhầm"]}','a35d2be8faffa1d8b48925430b19e94908d5175aae8919e98f5d7a615889781a','a0ba722e1b3b51a160ecf7573ce1e090df37efb31a9187009c4da8dfeba75d8b');
INSERT INTO "register_trail" VALUES(8,'2026-04-01T08:30:00.000000+00:00','vanthu','','open','["pcth", 2026, "mat"]','{"don_vi": [null, "pcth"], "nam": [null, 2026], "chuoi": [null, "mat"], "bat_dau": [null, 1], "opened_at": [null, "2026-04-01T08:30:00+00:00"]}','a0ba722e1b3b51a160ecf7573ce1e090df37efb31a9187009c4da8dfeba75d8b','5cc4de83cb28203a5fee9d6d76dbc91446d4792f1ef8865f52e5da36ce0d2ffa');
INSERT INTO "register_trail" VALUES(9,'2026-04-01T08:30:00.000000+00:00','vanthu','','reserve','dot/xa/d','{"khoa": [null, "dot/xa/d"], "so": [null, 1], "don_vi": [null, "pcth"], "nam": [null, 2026], "chuoi": [null, "mat"], "ngay": [null, "2026-04-06"], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "bảo vệ trụ sở"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2026-04-01T08:30:00+00:00"], "noi_nhan": [null, "Công an tỉnh Mẫu"]}','5cc4de83cb28203a5fee9d6d76dbc91446d4792f1ef8865f52e5da36ce0d2ffa','a3c542f99b40d135bf062440a8be91449eadf4c8be7b38c68826755dd82a3c29');
CREATE TABLE register_version (
	version INTEGER NOT NULL
);
INSERT INTO "register_version" VALUES(3);
CREATE INDEX register_letter_lien_quan ON register_letter (lien_quan);
CREATE INDEX register_letter_dot ON register_letter (dot);
CREATE INDEX register_letter_khoa_so ON register_letter (khoa_so);
COMMIT;
