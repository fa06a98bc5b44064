"""A clerk's day in Chromium: a new office, a messy list mended, a text, drafts, numbers, issue, one letter replaced."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_up import rows_for, write_messy_list

selenium = pytest.importorskip("selenium")
from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import StaleElementReferenceException  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.expected_conditions import staleness_of  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs Chromium"),
]
PATIENCE = 60


@pytest.fixture
def served(tmp_path, monkeypatch):
    """The clerk's folder and the address that congvan serve prints."""
    folder = tmp_path / "van-thu"
    folder.mkdir()
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "settings"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "congvan", "--lang", "vi", "serve", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    address = process.stdout.readline().split()[-1]
    yield folder, address
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture
def browser(tmp_path):
    options = webdriver.ChromeOptions()
    for option in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(option)
    options.add_argument(f"--user-data-dir={tmp_path / 'chromium'}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options, service)
    yield Browser(driver)
    driver.quit()


class Browser:
    """The few things a clerk does with a page."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, address):
        self.driver.get(address)

    def one(self, selector):
        self.wait(lambda: self.has(selector))
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def has(self, selector):
        return bool(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def fill(self, **values):
        for name, value in values.items():
            box = next(one for one in self.driver.find_elements(By.NAME, name) if one.is_displayed())
            if box.tag_name != "select" and box.get_attribute("type") != "file":
                box.clear()
            box.send_keys(value)

    def press(self, text):
        shown = f"//button[normalize-space()='{text}']|//a[normalize-space()='{text}']|//summary[.='{text}']"
        before = self.one("html")
        button = self.wait(lambda: [one for one in self.driver.find_elements(By.XPATH, shown) if one.is_displayed()])[
            -1
        ]
        stays = button.get_attribute("data-insert") or button.tag_name == "summary"
        button.click()
        if not stays:
            WebDriverWait(self.driver, PATIENCE, 0.1).until(staleness_of(before))

    def wait(self, condition):
        passing = [StaleElementReferenceException]  # the page was just left
        return WebDriverWait(self.driver, PATIENCE, 0.2, passing).until(lambda _: condition())

    @property
    def text(self):
        return self.one("main").text

    def picture(self, name):
        if folder := os.environ.get("CONGVAN_SCREENS"):
            self.driver.set_window_size(1280, 900)
            self.driver.save_screenshot(str(Path(folder) / f"{name}.png"))

    def hosts(self):
        """Every host the browser asked, from its own log."""
        import json
        from urllib.parse import urlsplit

        rows = [json.loads(row["message"])["message"] for row in self.driver.get_log("performance")]
        sent = [row["params"]["request"]["url"] for row in rows if row["method"] == "Network.requestWillBeSent"]
        return {urlsplit(url).hostname for url in sent if url.startswith(("http", "ws"))}

    def complaints(self):
        return [row["message"] for row in self.driver.get_log("browser") if row["level"] == "SEVERE"]


def new_office(browser):
    browser.fill(chu_quan="CÔNG TY ĐIỆN LỰC MẪU", co_quan="ĐIỆN LỰC HẬU LỘC", ten_thuong="Điện lực Hậu Lộc")
    browser.fill(ky_hieu="ĐLHL", dia_danh="Hậu Lộc", so_bat_dau=f"{time.strftime('%Y')}=18")
    browser.press("Lập cơ quan")


def new_campaign(browser, listed):
    browser.fill(ten="Thông báo lịch ghi chỉ số", cap="Trưởng thôn", ngay=f"{time.strftime('%d/%m/%Y')}")
    browser.fill(trich_yeu="thông báo lịch ghi chỉ số", chuc_vu="GIÁM ĐỐC", ho_ten="Lê Văn Mẫu")
    browser.fill(danh_sach=str(listed))
    browser.press("Lập đợt")


def finished(browser):
    """Wait until the run shown is over; its heading."""
    browser.wait(lambda: browser.has(".job:not(.running)"))
    return browser.one(".job h2").text


def test_a_clerks_day(served, browser, tmp_path):  # noqa: PLR0915  # a day is long
    folder, address = served
    browser.open(address)
    new_office(browser)
    assert (folder / "dien-luc-hau-loc" / "co-quan.yaml").exists()
    new_campaign(browser, write_messy_list(tmp_path / "thon.xlsx"))
    browser.picture("danh-sach-loi")

    assert browser.has("td.error input[aria-describedby]")
    empty = next(
        one for one in browser.driver.find_elements(By.CSS_SELECTOR, "td.error input") if not one.get_property("value")
    )
    empty.send_keys("Đinh Văn Thử")
    browser.press("Lưu ô đã sửa vào bản sao")
    assert "Đinh Văn Thử" in browser.one(".changes").text
    browser.press("Sửa giúp lỗi gõ")
    changes = browser.one(".changes").text
    assert "PHÙNG KHẮC THỬ → Phùng Khắc Thử" in changes
    assert "trịnh thị giả → Trịnh Thị Giả" in changes
    assert not browser.has("td.error")
    browser.picture("danh-sach-da-sua")

    browser.press("Lời văn")
    editor = browser.one("#noi_dung")
    editor.clear()
    editor.send_keys("Kính báo ")
    browser.press("ong_ba")
    editor.send_keys(" lịch ghi chỉ số công tơ mới.\n\nTrân trọng cảm ơn.")
    browser.press("Lưu và xem")
    browser.wait(lambda: browser.has("#pages img"))
    browser.wait(lambda: browser.one("#pages img").get_property("naturalWidth") > 0)
    assert "Phùng Khắc Thử" in browser.one("#pages").text
    browser.picture("loi-van")

    browser.press("Kế hoạch")
    browser.wait(lambda: "4 văn bản" in browser.text)
    assert "ĐLHL" in browser.one("table").text
    browser.picture("ke-hoach")

    browser.press("Văn bản")
    browser.press("Xem thử")
    assert finished(browser) == "Xem thử: xong"
    assert "du-thao/in" in browser.text
    assert not (folder / "dien-luc-hau-loc" / "so.sqlite3").exists()
    browser.press("Tạo bản trình ký")
    assert finished(browser) == "Tạo bản trình ký: xong"
    browser.press("Cấp số")
    assert finished(browser) == "Cấp số: xong"
    browser.one("[name=signed]").click()
    browser.press("Ban hành")
    assert finished(browser) == "Ban hành: xong"
    browser.press("Giao nhận")
    assert finished(browser) == "Giao nhận: xong"
    assert "giao-nhan/" in browser.text
    browser.picture("van-ban")

    browser.press("Sổ đăng ký")
    first = browser.one("tbody th").text
    assert "đã ban hành" in browser.text
    browser.picture("so")
    browser.driver.back()
    browser.one("[name=letters]")
    browser.fill(letters=first, reason="ghi thiếu")
    browser.press("Thay thế")
    assert finished(browser) == "Thay thế: xong"
    browser.press("Sổ đăng ký")
    browser.fill(q=first)
    browser.press("Tìm")
    assert "thay thế" in browser.text

    assert browser.hosts() == {"127.0.0.1"}
    assert not browser.complaints()


def test_a_day_without_a_mouse_on_a_narrow_screen(served, browser, tmp_path):
    _, address = served
    browser.driver.set_window_size(400, 800)
    browser.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.open(address)

    def keys(*typed):
        for one in typed:
            browser.driver.switch_to.active_element.send_keys(one)

    keys(Keys.TAB)
    assert browser.driver.switch_to.active_element.text == "Đến nội dung"
    while browser.driver.switch_to.active_element.get_attribute("name") != "co_quan":
        keys(Keys.TAB)
    for value in ("ĐIỆN LỰC MẪU", "Điện lực Mẫu", "ĐLM", "Mẫu"):
        keys(value, Keys.TAB)
    keys(Keys.ENTER)
    browser.wait(lambda: browser.has("select[name=co_quan]"))
    new_campaign(browser, write_messy_list(tmp_path / "thon.xlsx"))
    for place in ("Danh sách", "Lời văn", "Kế hoạch", "Văn bản", "Sổ đăng ký"):
        browser.press(place)
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 400, place


def test_no_page_takes_a_second_with_4400_letters(served, browser, tmp_path):
    _, address = served
    browser.open(address)
    new_office(browser)
    new_campaign(browser, write_messy_list(tmp_path / "nhieu.xlsx", rows_for(4400)))
    slow = {}
    for place in ("Danh sách", "Lời văn", "Kế hoạch", "Văn bản", "Sổ đăng ký"):
        browser.press(place)
        if place == "Kế hoạch":
            browser.wait(lambda: "4400 văn bản" in browser.text)
            browser.press(place)
        script = (
            "const t = performance.getEntriesByType('navigation')[0]; return t.domContentLoadedEventEnd - t.startTime"
        )
        slow[place] = browser.driver.execute_script(script)
    assert max(slow.values()) < 1000, slow


def test_the_address_opens_once_and_nothing_is_readable_without_it(served, browser):
    import httpx

    _, address = served
    browser.open(address)
    base = address.partition("?")[0]
    for path in ("", f"?{address.partition('?')[2]}", "book", "static/page.css", "list?dot=x", "openapi.json"):
        answer = httpx.get(base + path)
        assert (answer.status_code, answer.json()["code"]) == (401, "web-token"), path
    cookie = browser.driver.get_cookie("congvan")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")

    given = {"Cookie": f"congvan={cookie['value']}"}
    for origin in ({}, {"Origin": "null"}, {"Origin": "http://evil.example"}):
        assert httpx.post(base + "language", headers={**given, **origin}, data={"lang": "en"}).status_code == 403
    assert httpx.get(base, headers={**given, "Host": "evil.example"}).status_code == 421


def test_every_screen_is_in_english_too(served, browser, tmp_path):
    _, address = served
    browser.open(address)
    new_office(browser)
    new_campaign(browser, write_messy_list(tmp_path / "thon.xlsx"))
    browser.press("English")
    assert browser.one("h1").text == "Offices and campaigns"
    browser.one(".choices a").click()
    for place, heading in (
        ("List", "Recipients"),
        ("Text", "Text"),
        ("Letters", "Letters"),
        ("Register", "Register of outgoing letters"),
    ):
        browser.press(place)
        assert browser.one("h1").text == heading
