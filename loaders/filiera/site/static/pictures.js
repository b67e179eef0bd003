// Offer each picture as a PNG, made here from its SVG file: nothing is sent anywhere.
// @ts-check

/** Pixels of the image for one of the picture, so that it prints well. */
const SHARPNESS = 2;

for (const button of document.querySelectorAll("button[data-png]")) {
  if (button instanceof HTMLButtonElement) offer(button);
}

/** @param {HTMLButtonElement} button */
function offer(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const files = button.closest(".forms");
    const svg = files?.querySelector("a[download$='.svg']");
    const said = files?.querySelector(".said");
    if (!(svg instanceof HTMLAnchorElement)) return;
    try {
      save(await image(await text(svg.href)), `${button.dataset.png}.png`);
      if (said) said.textContent = "";
    } catch (error) {
      if (said) said.textContent = `The PNG could not be made: ${error instanceof Error ? error.message : error}`;
    }
  });
}

/** @param {string} address */
async function text(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the picture is answered with ${response.status}`);
  return response.text();
}

/**
 * Draw an SVG file on a canvas and return what it shows as PNG.
 * @param {string} svg
 * @returns {Promise<Blob>}
 */
async function image(svg) {
  const drawn = new Image();
  drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await drawn.decode();
  const canvas = document.createElement("canvas");
  canvas.width = drawn.naturalWidth * SHARPNESS;
  canvas.height = drawn.naturalHeight * SHARPNESS;
  canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("it is too large"))), "image/png"),
  );
}

/**
 * Hand a file to the reader.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
