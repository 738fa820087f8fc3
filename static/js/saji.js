/* Panah kiri dan kanan (juga alat penunjuk: Page Up, Page Down) menekan tautan slaid. */
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea, [tabindex='0']")) return;
  const way = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
  const link = way && document.querySelector(`.saji-nav a[rel=${way}]`);
  if (link) { event.preventDefault(); link.click(); }
});
