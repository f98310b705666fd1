// A screen is drawn again by what differs: what somebody is writing on or in stays as it is.

/** Make an element's children what some markup says; those that stay the same are left alone. @param {Element} root @param {string} markup */
export function redraw(root, markup) {
  const fresh = document.createElement("template");
  fresh.innerHTML = markup;
  children(root, fresh.content);
}

/** @param {Node} old @param {Node} fresh */
function children(old, fresh) {
  let at = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    while (at && !same(at, wanted) && later(at, wanted)) at = gone(at);
    if (!at || !same(at, wanted)) {
      old.insertBefore(wanted, at);
      continue;
    }
    become(at, wanted);
    at = at.nextSibling;
  }
  while (at) at = gone(at);
}

/** @param {ChildNode} node */
function gone(node) {
  const after = node.nextSibling;
  node.remove();
  return after;
}

/** Whether a node further on is what is wanted. @param {ChildNode} node @param {Node} wanted */
function later(node, wanted) {
  for (let next = node.nextSibling; next; next = next.nextSibling) if (same(next, wanted)) return true;
  return false;
}

/** Whether two nodes are one thing, drawn twice: its kind, and what it is named or does. @param {Node} one @param {Node} other */
function same(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && name(one) === name(other);
}

/** @param {Node} node */
function name(node) {
  if (!(node instanceof Element)) return "";
  const data = node instanceof HTMLElement ? Object.entries(node.dataset).flat() : [];
  return [node.id, node.getAttribute("name"), node.getAttribute("href"), ...data].join(" ");
}

/** @param {Node} node @param {Node} wanted */
function become(node, wanted) {
  if (node instanceof Element && wanted instanceof Element) {
    for (const { name: word, value } of [...wanted.attributes]) if (node.getAttribute(word) !== value) node.setAttribute(word, value);
    for (const { name: word } of [...node.attributes]) if (word !== "open" && !wanted.hasAttribute(word)) node.removeAttribute(word);
    children(node, wanted);
  } else if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
}
