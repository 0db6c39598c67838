// The pages are rendered by the server; this shows what it sends, and sends what is clicked to the routes of the API.
const byId = id => document.getElementById(id);

/** Makes a node like another one, and keeps what can stay: focus, selection, what is unfolded, what is typed. */
function become(node, next) {
    if (node.nodeType !== next.nodeType || node.nodeName !== next.nodeName || node.id !== next.id) {
        node.replaceWith(next);
        return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) {
        if (node.data !== next.data) node.data = next.data;
        return;
    }
    for (const { name } of [...node.attributes])
        if (!next.hasAttribute(name) && !(name === "open" && node.nodeName === "DETAILS")) node.removeAttribute(name);
    for (const { name, value } of next.attributes)
        if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    becomeChildren(node, next);
}

/** What has an id is found again by it, wherever it is now: a button never becomes that of another row. */
function becomeChildren(node, next) {
    const wanted = [...next.childNodes];
    wanted.forEach((child, place) => {
        const here = node.childNodes[place] ?? null;
        const kept = child.id ? [...node.children].find(old => old.id === child.id) : here;
        if (kept && kept !== here) node.insertBefore(kept, here);
        if (kept) become(kept, child);
        else node.insertBefore(child, here);
    });
    while (node.childNodes.length > wanted.length) node.lastChild.remove();
}

let source;

function say(text, tone) {
    const link = byId("link");
    link.textContent = text;
    link.className = `link ${tone}`;
}

function follow() {
    source = new EventSource(byId("content").dataset.live);
    source.addEventListener("open", () => say("live", "good"));
    source.addEventListener("error", () => say("no connection", "bad"));
    source.addEventListener("view", event => {
        const template = document.createElement("template");
        template.innerHTML = event.data;
        becomeChildren(byId("live"), template.content);
    });
}

// Nobody looks at a hidden page, and browsers have few connections to a host.
document.addEventListener("visibilitychange", () => {
    source.close();
    if (document.hidden) say("asleep", "idle");
    else follow();
});

function toast(text, tone) {
    const note = document.createElement("p");
    note.className = tone;
    note.textContent = text;
    byId("toasts").append(note);
    setTimeout(() => note.remove(), tone === "bad" ? 12000 : 5000);
}

let answered = Promise.resolve();

/** One after the other: the close of one dialog is heard later than the next one may be opened, and would answer that. */
function ask(question) {
    return answered = answered.then(() => new Promise(done => {
        const dialog = byId("ask");
        byId("question").textContent = question;
        dialog.returnValue = "no";
        dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
        dialog.showModal();
    }));
}

/** What a problem document (RFC 9457) says. */
function explain(status, body) {
    const fields = Object.entries(body?.errors ?? {}).map(([field, errors]) => `${field} ${errors.join(", ")}`);
    return fields.join("; ") || body?.detail || body?.title || `The answer was ${status}.`;
}

async function send(button, method, route, json) {
    const question = button.dataset.ask ?? button.form?.dataset.ask;
    if (question && !await ask(question)) return;
    button.disabled = true;
    try {
        const answer = await fetch(route, {
            method,
            // Which pages of other origins can't send: with a session, no write goes without it.
            headers: { "x-busingest": "page", ...json && { "content-type": "application/json" } },
            body: json,
        });
        const result = await answer.json().catch(() => null);
        if (answer.ok) toast(result?.message ?? `${button.textContent}: done.`, "good");
        else toast(explain(answer.status, result), "bad");
    } catch {
        toast("The service can't be reached.", "bad");
    } finally {
        button.disabled = false;
    }
}

document.addEventListener("click", event => {
    const button = event.target.closest("button[data-send]");
    if (!button || button.form) return;
    const [method, route] = button.dataset.send.split(" ");
    send(button, method, route);
});

document.addEventListener("submit", event => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    const [method, route] = form.dataset.send.split(" ");
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    const button = event.submitter ?? form.querySelector("button");
    if (form.dataset.as === "query") send(button, method, `${route}?${new URLSearchParams(fields)}`);
    // As it was typed: whether it is JSON the route says, and numbers of more than 53 bits stay as they are.
    else if (form.dataset.as === "json") send(button, method, route, `{${fields.map(([name, value]) => `"${name}":${value}`)}}`);
    else send(button, method, route, JSON.stringify(Object.fromEntries(
        fields.map(([name, value]) => [name, form.elements[name].type === "number" ? Number(value) : value]))));
});

document.addEventListener("focusin", async event => {
    const route = event.target.dataset.suggest;
    if (!route) return;
    const answer = await fetch(route).catch(() => null);
    const [suggestions] = answer?.ok ? Object.values(await answer.json()) : [[]];
    byId("suggestions").replaceChildren(...suggestions.map(text => new Option(text, text)));
});

byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
});

follow();
