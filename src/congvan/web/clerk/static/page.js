// What forms and links cannot do by themselves: insert a field, drop a file, show pages and progress.
"use strict";

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    const editor = document.getElementById("noi_dung");
    editor.setRangeText(button.dataset.insert, editor.selectionStart, editor.selectionEnd, "end");
    editor.focus();
  });
}

for (const place of document.querySelectorAll(".drop")) {
  const input = place.querySelector("input[type=file]");
  place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    input.files = event.dataTransfer.files;
  });
}

function line(finding) {
  const shown = document.createElement("p");
  shown.className = finding.severity;
  shown.textContent = `${finding.message} ${finding.hint}`;
  return shown;
}

async function showPages(place) {
  const answer = await (await fetch(place.dataset.pages)).json();
  const to = place.querySelector(".to");
  if (!answer.pages) {
    to.replaceChildren(...(answer.findings || [answer]).map(line));
    return;
  }
  to.textContent = answer.to;
  place.querySelector(".of").textContent = `/ ${answer.letters}`;
  const current = Number(new URL(place.dataset.pages, location).searchParams.get("letter"));
  place.querySelector("[rel=next]").hidden = current >= answer.letters;
  for (let page = 1; page <= answer.pages; page += 1) {
    const picture = document.createElement("img");
    picture.src = `${place.dataset.picture}&page=${page}`;
    picture.alt = `${place.dataset.pageName} ${page}: ${answer.to}`;
    place.append(picture);
  }
}

async function follow(place, address, show) {
  const job = await (await fetch(address)).json();
  if (job.state !== "running") {
    location.reload();
    return;
  }
  show(job);
  setTimeout(() => follow(place, address, show), 500);
}

const pages = document.getElementById("pages");
if (pages) showPages(pages);

const running = document.querySelector("[data-job]");
if (running) {
  follow(running, running.dataset.job, (job) => {
    const bar = running.querySelector("progress");
    bar.max = job.total || 1;
    bar.value = job.done;
    const left = job.left === null ? "" : `, ${running.dataset.left} ${job.left} ${running.dataset.seconds}`;
    running.querySelector(".numbers").textContent = `${job.done}/${job.total}, ${job.rate} ${running.dataset.rate}${left}`;
  });
}

const waiting = document.querySelector("[data-wait]");
if (waiting) follow(waiting, waiting.dataset.wait, () => {});
