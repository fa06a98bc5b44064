BEGIN TRANSACTION;
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
	PRIMARY KEY (khoa), 
	CONSTRAINT register_number_given_once UNIQUE (don_vi, nam, chuoi, so), 
	FOREIGN KEY(don_vi, nam, chuoi) REFERENCES register_series (don_vi, nam, chuoi), 
	CONSTRAINT register_number_from_one CHECK (so >= 1), 
	CONSTRAINT register_state_known CHECK (trang_thai in ('reserved', 'issued', 'void')), 
	CONSTRAINT register_void_has_reason CHECK (trang_thai <> 'void' or void_reason is not null)
);
INSERT INTO "register_entry" VALUES('a',465,'pcth',2021,'','2021-04-05','PCTH-KD','cong-van','phối hợp tuyên truyền','issued','2021-04-01 08:30:00.000000','2021-04-01 08:31:00.000000',NULL,NULL,'Lê Văn Mẫu','','',2,'');
INSERT INTO "register_entry" VALUES('b',466,'pcth',2021,'','2021-04-05','PCTH-KD','cong-van','phối hợp tuyên truyền','void','2021-04-01 08:30:00.000000',NULL,'2021-04-01 08:32:00.000000','in sai','','','',NULL,'');
INSERT INTO "register_entry" VALUES('c',467,'pcth',2021,'',NULL,'PCTH-KD','cong-van','phối hợp tuyên truyền','reserved','2021-04-01 08:30:00.000000',NULL,NULL,NULL,'','','',NULL,'');
CREATE TABLE register_series (
	don_vi TEXT NOT NULL, 
	nam INTEGER NOT NULL, 
	chuoi TEXT NOT NULL, 
	bat_dau INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	PRIMARY KEY (don_vi, nam, chuoi)
);
INSERT INTO "register_series" VALUES('pcth',2021,'',465,'2021-04-01 08:30:00.000000');
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
INSERT INTO "register_trail" VALUES(1,'2021-04-01T08:30:00.000000+00:00','vanthu','đợt 1','open','["pcth", 2021, ""]','{"don_vi": [null, "pcth"], "nam": [null, 2021], "bat_dau": [null, 465], "opened_at": [null, "2021-04-01T08:30:00+00:00"]}','0000000000000000000000000000000000000000000000000000000000000000','b476c2824d1d874a6eff686a2bff74f0fce483601bf7af0f68aebf47d36d3b55');
INSERT INTO "register_trail" VALUES(2,'2021-04-01T08:30:00.000000+00:00','vanthu','đợt 1','reserve','a','{"khoa": [null, "a"], "so": [null, 465], "don_vi": [null, "pcth"], "nam": [null, 2021], "ngay": [null, "2021-04-05"], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "phối hợp tuyên truyền"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2021-04-01T08:30:00+00:00"], "nguoi_ky": [null, "Lê Văn Mẫu"], "so_ban": [null, 2]}','b476c2824d1d874a6eff686a2bff74f0fce483601bf7af0f68aebf47d36d3b55','a6402cf9685aac88fa706a128fcdfc7598d6082611832dbc5c54053e46a1d09f');
INSERT INTO "register_trail" VALUES(3,'2021-04-01T08:30:00.000000+00:00','vanthu','đợt 1','reserve','b','{"khoa": [null, "b"], "so": [null, 466], "don_vi": [null, "pcth"], "nam": [null, 2021], "ngay": [null, "2021-04-05"], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "phối hợp tuyên truyền"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2021-04-01T08:30:00+00:00"]}','a6402cf9685aac88fa706a128fcdfc7598d6082611832dbc5c54053e46a1d09f','48d6657c75d2d6d3b1afe80b543140a9b0ce61250617ae532f80722d5847373b');
INSERT INTO "register_trail" VALUES(4,'2021-04-01T08:30:00.000000+00:00','vanthu','đợt 1','reserve','c','{"khoa": [null, "c"], "so": [null, 467], "don_vi": [null, "pcth"], "nam": [null, 2021], "ky_hieu": [null, "PCTH-KD"], "loai": [null, "cong-van"], "trich_yeu": [null, "phối hợp tuyên truyền"], "trang_thai": [null, "reserved"], "reserved_at": [null, "2021-04-01T08:30:00+00:00"]}','48d6657c75d2d6d3b1afe80b543140a9b0ce61250617ae532f80722d5847373b','0744ad0f7379b1941d58913620625a1560853238647955866cc43244b75a0a1b');
INSERT INTO "register_trail" VALUES(5,'2021-04-01T08:31:00.000000+00:00','vanthu','đợt 1','issue','a','{"trang_thai": ["reserved", "issued"], "issued_at": [null, "2021-04-01T08:31:00+00:00"]}','0744ad0f7379b1941d58913620625a1560853238647955866cc43244b75a0a1b','656c05e714ed0d2415764e253e493942cdb496720b24e4cdaed31e27b661e833');
INSERT INTO "register_trail" VALUES(6,'2021-04-01T08:32:00.000000+00:00','vanthu','đợt 1','void','b','{"trang_thai": ["reserved", "void"], "voided_at": [null, "2021-04-01T08:32:00+00:00"], "void_reason": [null, "in sai"]}','656c05e714ed0d2415764e253e493942cdb496720b24e4cdaed31e27b661e833','0c061a2fc74adf309696d6bbfbb92f43c8d1a3d85186a26bb106b55d5175f487');
CREATE TABLE register_version (
	version INTEGER NOT NULL
);
INSERT INTO "register_version" VALUES(2);
COMMIT;
