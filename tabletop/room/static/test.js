// Whether the stream comes as it is sent: two words half a second apart, and then a word back.
const root = document.body.dataset.root;
const told = document.getElementById("line");
const began = Date.now();
const late = setTimeout(() => tell("The page came, but the line by which it is kept fresh did not: something between here and the host holds it back. Use another network, such as a hotspot."), 8000);
const source = new EventSource(`${root}/test/line`);
let first = 0;

function tell(words) {
  told.textContent = words;
  document.body.dataset.tried = "yes";
}

source.onmessage = async (event) => {
  if (event.data === "first") { first = Date.now(); return; }
  source.close();
  clearTimeout(late);
  if (!first || Date.now() - first < 200) {
    tell("The line by which the page is kept fresh comes in one piece: something between here and the host holds it back. Use another network, such as a hotspot.");
    return;
  }
  const answer = await fetch(`${root}/test`, { method: "POST" }).catch(() => null);
  tell(answer?.ok
    ? `The line works in both directions: heard after ${((first - began) / 1000).toFixed(1)} seconds. This device can take part.`
    : "The line works, but what this device sends does not get through. Use another network, such as a hotspot.");
};
