// A photo made small enough for a bad line: the longest side, upright, as JPEG. What a camera writes
// beside the picture (place, owner, time) does not come along; place and time are said in the record.
const LONGEST = 1600;
const GOOD = 0.82;

/** @param {Blob} taken @returns {Promise<Blob>} */
export async function shrunk(taken) {
  const picture = await createImageBitmap(taken, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, fail) => canvas.toBlob((made) => made ? done(made) : fail(new Error("no picture")), "image/jpeg", GOOD));
}
